import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWire } from '../../../infra/local/dynamodb-wire.ts';
import { startEngine } from '../../../infra/local/engine/engine.ts';
import { indexStreamRecords } from '../../../infra/local/engine/file.ts';
import { listeningAddresses } from '../../e2e/emulator/listening.ts';

const groupIsAlive = (pid: number): boolean => {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};

const listTables = 'DynamoDB_20120810.ListTables';

/** Whether this system lets the user that runs the tests isolate a process. */
const canIsolate = await startEngine(undefined, undefined, true).then(async (engine) => {
  await engine.stop();
  return engine.connect !== undefined;
});
const kinds = [
  { name: 'on an address of this machine', isolated: false },
  ...(canIsolate ? [{ name: 'in a namespace of its own', isolated: true }] : []),
];

const source = new URL('../../../infra/local/engine/engine.ts', import.meta.url).href;

/** Starts another process that starts an engine and then runs `after`. */
const startElsewhere = async (isolated: boolean, after: string) => {
  const script = `import { startEngine } from ${JSON.stringify(source)};
    const engine = await startEngine(undefined, undefined, ${isolated});
    console.log(JSON.stringify(engine)); ${after}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, engine: JSON.parse(line) as { endpoint: string; pid: number } };
};

describe.each(kinds)('the engine $name', ({ isolated }) => {
  const start = (file?: string) => startEngine(undefined, file, isolated);

  it('answers until it is stopped, and can be stopped twice', async () => {
    const engine = await start();
    expect(engine.connect !== undefined).toBe(isolated);
    const wire = createWire(engine);
    onTestFinished(() => wire.close());
    const onFailure = vi.fn();
    engine.onFailure(onFailure);
    expect(await wire.call(listTables, {})).toEqual({ TableNames: [] });
    await Promise.all([engine.stop(), engine.stop()]);
    await expect(wire.call(listTables, {})).rejects.toThrow();
    expect(onFailure).not.toHaveBeenCalled();
    expect(groupIsAlive(engine.pid as number)).toBe(false);
  });

  it('does not outlive a process that is killed', async () => {
    const { child, engine } = await startElsewhere(isolated, 'setInterval(() => {}, 1_000);');
    expect(groupIsAlive(engine.pid)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(groupIsAlive(engine.pid)).toBe(false), 5_000);
  });

  it('does not keep a process alive that forgets it, nor outlive it', async () => {
    const { child, engine } = await startElsewhere(isolated, '');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await vi.waitFor(() => expect(groupIsAlive(engine.pid)).toBe(false), 5_000);
  });

  it('has a file that only its user may read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-engine-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const engine = await start(join(folder, 'db'));
    await engine.stop();
    const found = readdirSync(folder).map((name) => statSync(join(folder, name)));
    expect(new Set(found.map(({ mode, uid }) => [mode & 0o777, uid].join()))).toEqual(
      new Set([[0o600, process.getuid?.()].join()]),
    );
  });

  it('leaves no temporary folder behind', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'sluice-engine-'));
    onTestFinished(() => rmSync(temporary, { recursive: true }));
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const engine = await start();
    expect(readdirSync(temporary)).toHaveLength(1);
    await engine.stop();
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('says when it ended by itself', async () => {
    const engine = await start();
    const failed = new Promise<Error>((resolve) => engine.onFailure(resolve));
    process.kill(-(engine.pid as number), 'SIGKILL');
    expect(await failed).toMatchObject({
      code: 'ENGINE_STOPPED',
      message: `the DynamoDB engine (process group ${engine.pid}) was ended by SIGKILL, as the system does if memory is short`,
    });
    const late = new Promise((resolve) => engine.onFailure(resolve));
    expect(await late).toMatchObject({ code: 'ENGINE_STOPPED' });
    await engine.stop();
  });
});

describe('an isolated engine', () => {
  it.skipIf(!canIsolate)(
    'is reached by its connections only, not by an address of this machine',
    async () => {
      const engine = await startEngine(undefined, undefined, true);
      onTestFinished(() => engine.stop());
      expect(listeningAddresses(engine.pid as number)).toEqual([]);
      const wires = [1, 2].map(() => createWire(engine));
      onTestFinished(() => {
        for (const wire of wires) wire.close();
      });
      const many = Array.from({ length: 20 }, (_, number) => wires[number % 2]?.call(listTables, {}));
      expect(new Set((await Promise.all(many)).map((tables) => JSON.stringify(tables)))).toEqual(
        new Set(['{"TableNames":[]}']),
      );
    },
  );

  it.skipIf(!canIsolate)('refuses new connections once it has ended', async () => {
    const engine = await startEngine(undefined, undefined, true);
    await engine.stop();
    await expect(engine.connect?.()).rejects.toThrow('the DynamoDB engine has ended');
  });

  it('becomes one at a random address where the system can not isolate it', async () => {
    vi.stubEnv('PATH', '/nowhere');
    onTestFinished(() => void vi.unstubAllEnvs());
    const engine = await startEngine(undefined, undefined, true);
    onTestFinished(() => engine.stop());
    expect(engine.connect).toBeUndefined();
    const { host, hostname } = new URL(engine.endpoint);
    expect(hostname).toMatch(/^127\.(?!0\.0\.1$)/);
    expect(listeningAddresses(engine.pid as number)).toEqual([host]);
  });
});

describe('an engine of somebody else', () => {
  it('is refused with one line when its endpoint is no URL', async () => {
    await expect(startEngine('localhost 8000')).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/^DYNAMODB_ENDPOINT is "localhost 8000", allowed is a URL[^\n]*$/),
    });
  });
});

describe('the index of stream records', () => {
  it('is made for the version that lacks it, and for no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-engine-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'db');
    new DatabaseSync(file).close();
    expect(indexStreamRecords(file, '1.3.0')).toBe(false);
    expect(() => indexStreamRecords(file, '1.2.1')).toThrow('no such table');
  });
});
