import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createWire } from './dynamodb-wire.ts';
import { indexStreamRecords, purgeTables } from './engine-file.ts';
import { type EngineFile, end, hasExited, launch } from './engine-process.ts';
import { LocalStackError, messageOf } from './errors.ts';

/** A DynamoDB engine on this machine. */
export interface Engine {
  readonly endpoint: string;
  /** Whether somebody else started the engine. Its tables then outlive the stack unless the stack deletes them. */
  readonly external: boolean;
  /** The process group of the engine and its watcher. */
  readonly pid?: number;
  /** Returns why the engine stopped by itself, if it did. */
  readonly failure: () => LocalStackError | undefined;
  /**
   * Removes from the engine's file what was deleted, also after its end: the stream records up to the given sequence
   * numbers by shard, and what SQLite has left of other data. An external engine has no file here.
   */
  readonly purge?: (processed: ReadonlyMap<string, number>) => void;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 10_000;
const attempts = 3;

const unavailable = (why: string, cause?: unknown): LocalStackError =>
  new LocalStackError(
    'ENGINE_UNAVAILABLE',
    `${why}; set DYNAMODB_ENDPOINT to use a DynamoDB Local of your own`,
    cause === undefined ? undefined : { cause },
  );

const findBinary = (): { readonly path: string; readonly version: string } => {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { path: join(dirname(manifest), 'dynoxide'), version };
  } catch (error) {
    throw unavailable(
      `the DynamoDB engine ${name} is not installed (npm ci installs it on Linux x64)`,
      error,
    );
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Waits for the engine's first answer; returns false if the engine ended before. */
const answers = async (endpoint: string, child: ChildProcess | undefined): Promise<boolean> => {
  const wire = createWire(endpoint);
  const deadline = Date.now() + startTimeoutMs;
  try {
    for (;;) {
      try {
        await wire.call('DynamoDB_20120810.ListTables', {});
        return child === undefined || !hasExited(child);
      } catch (error) {
        if (child !== undefined && hasExited(child)) return false;
        if (Date.now() > deadline) {
          throw unavailable(
            `the DynamoDB engine at ${endpoint} does not answer (${messageOf(error)})`,
            error,
          );
        }
        await sleep(child === undefined ? 200 : 4);
      }
    }
  } finally {
    wire.close();
  }
};

const temporaryFile = (): EngineFile => {
  const temporary = mkdtempSync(join(tmpdir(), 'sluice-'));
  return { file: join(temporary, 'db'), temporary };
};

const startEmbedded = async (databaseFile: string | undefined): Promise<Engine> => {
  const { path, version } = findBinary();
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const engineFile = databaseFile === undefined ? temporaryFile() : { file: databaseFile };
    const port = await freePort();
    const child = launch(path, engineFile, port);
    const endpoint = `http://127.0.0.1:${port}`;
    try {
      // Another process may have taken the port in between. Then the engine ends, and the next port is tried.
      if (!(await answers(endpoint, child))) continue;
      indexStreamRecords(engineFile.file, version);
    } catch (error) {
      await end(child);
      throw error;
    }
    const purge: Engine['purge'] = (processed) => purgeTables(engineFile.file, version, processed);
    return { ...embedded(endpoint, child, engineFile), purge };
  }
  throw unavailable(`the DynamoDB engine ${path} ended ${attempts} times while it started`);
};

const embedded = (endpoint: string, child: ChildProcess, { temporary }: EngineFile): Engine => {
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    // The watcher removes the folder, unless it was killed together with the engine.
    stopping ??= end(child).then(() => {
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    });
    return stopping;
  };
  const failure = (): LocalStackError | undefined =>
    stopping === undefined && hasExited(child)
      ? new LocalStackError(
          'ENGINE_STOPPED',
          `the DynamoDB engine at ${endpoint} ended (${child.exitCode ?? child.signalCode})`,
        )
      : undefined;
  return { endpoint, external: false, failure, stop, ...(child.pid !== undefined && { pid: child.pid }) };
};

/**
 * Starts the embedded DynamoDB engine on a free loopback port, or uses the one at `endpoint` and starts nothing.
 *
 * @param databaseFile the database file that an embedded engine uses again; without it, the engine gets a fresh one
 * that is removed with it
 * @throws LocalStackError `ENGINE_UNAVAILABLE`
 */
export const startEngine = async (endpoint?: string, databaseFile?: string): Promise<Engine> => {
  if (endpoint === undefined || endpoint === '') return startEmbedded(databaseFile);
  if (!URL.canParse(endpoint)) {
    throw unavailable(
      `DYNAMODB_ENDPOINT is ${JSON.stringify(endpoint)}, allowed is a URL such as http://127.0.0.1:8000`,
    );
  }
  await answers(endpoint, undefined);
  return { endpoint, external: true, failure: () => undefined, stop: async () => undefined };
};
