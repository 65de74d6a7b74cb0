import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createWire } from '../../../infra/local/dynamodb-wire.ts';
import { startEngine } from '../../../infra/local/engine.ts';
import { indexStreamRecords } from '../../../infra/local/stream-index.ts';

const groupIsAlive = (pid: number): boolean => {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
};

const source = new URL('../../../infra/local/engine.ts', import.meta.url).href;

/** Starts another process that starts an engine and then runs `after`. */
const startElsewhere = async (after: string) => {
  const script = `import { startEngine } from ${JSON.stringify(source)};
    const engine = await startEngine();
    console.log(JSON.stringify(engine)); ${after}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  return { child, engine: JSON.parse(line) as { endpoint: string; pid: number } };
};

describe('the engine', () => {
  it('answers until it is stopped, and can be stopped twice', async () => {
    const engine = await startEngine();
    const wire = createWire(engine.endpoint);
    onTestFinished(() => wire.close());
    expect(await wire.call('DynamoDB_20120810.ListTables', {})).toEqual({ TableNames: [] });
    const onFailure = vi.fn();
    engine.onFailure(onFailure);
    await Promise.all([engine.stop(), engine.stop()]);
    await expect(wire.call('DynamoDB_20120810.ListTables', {})).rejects.toThrow();
    expect(onFailure).not.toHaveBeenCalled();
    expect(groupIsAlive(engine.pid as number)).toBe(false);
  });

  it('does not outlive a process that is killed', async () => {
    const { child, engine } = await startElsewhere('setInterval(() => {}, 1_000);');
    expect(groupIsAlive(engine.pid)).toBe(true);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(groupIsAlive(engine.pid)).toBe(false), 5_000);
    await expect(fetch(engine.endpoint)).rejects.toThrow();
  });

  it('does not keep a process alive that forgets it, nor outlive it', async () => {
    const { child, engine } = await startElsewhere('');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await vi.waitFor(() => expect(groupIsAlive(engine.pid)).toBe(false), 5_000);
  });

  it('says when it ended by itself', async () => {
    const engine = await startEngine();
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

  it('is refused with one line when its endpoint is no URL', async () => {
    await expect(startEngine('localhost 8000')).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      message: expect.stringMatching(/^DYNAMODB_ENDPOINT is "localhost 8000", allowed is a URL[^\n]*$/),
    });
  });
});

describe('the index of stream records', () => {
  it('is made for the version that lacks it, and for no other', () => {
    const file = ':memory:';
    expect(indexStreamRecords(file, '1.3.0')).toBe(false);
    expect(() => indexStreamRecords(file, '1.2.1')).toThrow('no such table');
    expect(new DatabaseSync(file).isOpen).toBe(true);
  });
});
