import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unusableFile } from '../data/data-files.ts';
import { createWire, WireError } from '../dynamodb-wire.ts';
import { LocalStackError, messageOf } from '../errors.ts';
import { type EngineAddress, nameEngine } from './address.ts';
import { connectThrough } from './connection.ts';
import { indexStreamRecords, purgeTables } from './file.ts';
import { type FoundEngine, findEngine } from './find-engine.ts';
import { createMemoryEngine } from './memory/memory-engine.ts';
import { serve } from './memory/serve.ts';
import {
  describeEnd,
  type EngineFile,
  end,
  hasExited,
  isolatedPort,
  launch,
  launchIsolated,
  watchErrors,
} from './process.ts';

/** A DynamoDB engine on this machine. */
export interface Engine extends EngineAddress {
  /** The engine that was found. */
  readonly found: FoundEngine;
  /** Whether somebody else started the engine. Its tables then outlive the stack unless the stack deletes them. */
  readonly external: boolean;
  /** The process group of the engine and its watcher. */
  readonly pid?: number;
  /** The file of its tables, if the stack started the engine. */
  readonly file?: string;
  /** Calls the listener if the engine ends by itself. */
  readonly onFailure: (listener: (failure: LocalStackError) => void) => void;
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

/**
 * Returns a loopback address that nobody can guess. Linux has 2^24 of them; with the port that is too many for a web
 * page to try.
 */
const randomLoopback = (): string => `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

const freePort = async (host: string): Promise<number> => {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** Waits for the engine's first answer; returns false if the engine ended before. */
const answers = async (engine: EngineAddress, child?: ChildProcess): Promise<boolean> => {
  const wire = createWire(engine);
  const deadline = Date.now() + startTimeoutMs;
  try {
    for (;;) {
      try {
        await wire.call('DynamoDB_20120810.ListTables', {});
        return child === undefined || !hasExited(child);
      } catch (error) {
        if (child !== undefined && hasExited(child)) return false;
        // It answers, but it can't read its file.
        if (child !== undefined && error instanceof WireError) throw error;
        if (Date.now() > deadline) {
          throw unavailable(`${nameEngine(engine)} does not answer (${messageOf(error)})`, error);
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

/** An engine that has been launched and may not answer yet. */
interface Launched extends EngineAddress {
  readonly child: ChildProcess;
}

const launchAnywhere = async (path: string, file: EngineFile, isolated: boolean): Promise<Launched> => {
  const connector = isolated ? await launchIsolated(path, file) : undefined;
  if (connector !== undefined) {
    const endpoint = `http://127.0.0.1:${isolatedPort}`;
    return { endpoint, child: connector, connect: connectThrough(connector) };
  }
  const host = randomLoopback();
  const port = await freePort(host);
  return { endpoint: `http://${host}:${port}`, child: launch(path, file, host, port) };
};

const startEmbedded = async (
  found: FoundEngine & { readonly kind: 'embedded' },
  databaseFile: string | undefined,
  isolated: boolean,
): Promise<Engine> => {
  const { path, version } = found;
  let lastError = '';
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const engineFile = databaseFile === undefined ? temporaryFile() : { file: databaseFile };
    const launched = await launchAnywhere(path, engineFile, isolated);
    const { child } = launched;
    const readError = watchErrors(child);
    const closed = once(child, 'close').catch(() => undefined);
    try {
      // Another process may have taken the port in between. Then the engine ends, and the next port is tried.
      if (!(await answers(launched, child))) {
        await closed;
        lastError = readError();
        continue;
      }
      indexStreamRecords(engineFile.file, version);
    } catch (error) {
      await end(child);
      if (databaseFile === undefined || error instanceof LocalStackError) throw error;
      throw unusableTables(databaseFile, messageOf(error), error);
    }
    const purge: Engine['purge'] = (processed) => purgeTables(engineFile.file, version, processed);
    return { found, ...embedded(launched, engineFile, readError), purge };
  }
  if (databaseFile !== undefined) throw unusableTables(databaseFile, lastError);
  throw unavailable(
    `the DynamoDB engine ${path} ended ${attempts} times while it started (${lastError || 'without a message'})`,
  );
};

/** Returns the error of a file that the engine can't use. */
export const unusableTables = (file: string, why: string, cause?: unknown): LocalStackError =>
  unusableFile(dirname(file), basename(file), `the DynamoDB engine can't use it: ${why}`, cause);

const embedded = (
  { child, ...address }: Launched,
  { file, temporary }: EngineFile,
  readError: () => string,
): Omit<Engine, 'found'> => {
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    // The watcher or the connector removes the folder, unless it was killed together with the engine.
    stopping ??= end(child).then(() => {
      if (temporary !== undefined) rmSync(temporary, { recursive: true, force: true });
    });
    return stopping;
  };
  const onFailure: Engine['onFailure'] = (listener) => {
    const report = () => {
      if (stopping !== undefined) return;
      listener(new LocalStackError('ENGINE_STOPPED', describeEnd(child, readError())));
    };
    if (hasExited(child)) report();
    else child.once('exit', report);
  };
  const pid = child.pid !== undefined && { pid: child.pid };
  return { ...address, external: false, file, onFailure, stop, ...pid };
};

/**
 * Starts an engine in the memory of this process.
 *
 * @throws LocalStackError `ENGINE_UNAVAILABLE` if it is to store its tables in a file
 */
const startInMemory = async (
  found: FoundEngine & { readonly kind: 'memory' },
  databaseFile: string | undefined,
  isolated: boolean,
): Promise<Engine> => {
  if (databaseFile !== undefined) throw unavailable(`${found.why}, and the one in memory can't use a file`);
  const answer = createMemoryEngine();
  const parts = { found, external: false, onFailure: () => undefined };
  if (isolated) return { ...parts, endpoint: 'http://127.0.0.1', answer, stop: async () => undefined };
  return { ...parts, ...(await serve(answer)) };
};

const useExternal = async (found: FoundEngine & { readonly kind: 'external' }): Promise<Engine> => {
  const { endpoint } = found;
  if (!URL.canParse(endpoint)) {
    throw unavailable(
      `DYNAMODB_ENDPOINT is ${JSON.stringify(endpoint)}, allowed is a URL such as http://127.0.0.1:8000`,
    );
  }
  await answers({ endpoint });
  return { found, endpoint, external: true, onFailure: () => undefined, stop: async () => undefined };
};

/**
 * Starts the embedded DynamoDB engine on a loopback address, or uses the one at `endpoint` and starts nothing. Where
 * the embedded one has no binary, one in memory takes its place.
 *
 * @param databaseFile the database file that an embedded engine uses again; without it, the engine gets a fresh one
 * that is removed with it
 * @param isolated whether the engine runs where no other process can reach it, if the system allows that
 * @throws LocalStackError `ENGINE_UNAVAILABLE`
 */
export const startEngine = async (
  endpoint = '',
  databaseFile?: string,
  isolated = false,
): Promise<Engine> => {
  const found = findEngine(endpoint);
  if (found.kind === 'embedded') return startEmbedded(found, databaseFile, isolated);
  if (found.kind === 'memory') return startInMemory(found, databaseFile, isolated);
  return useExternal(found);
};
