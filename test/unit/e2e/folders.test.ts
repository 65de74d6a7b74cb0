import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRunFolder, removeRunFolders } from '../../e2e/folders.ts';

let within: string;
let runs: ChildProcess[];
beforeEach(() => {
  within = mkdtempSync(join(tmpdir(), 'sluice-folders-'));
  runs = [];
});
afterEach(() => {
  for (const run of runs) run.kill('SIGKILL');
  removeRunFolders();
  rmSync(within, { recursive: true, force: true });
});

const module = new URL('../../e2e/folders.ts', import.meta.url).href;

/** Starts a process that creates its folder, and then only waits. */
const startRun = async (keep: boolean): Promise<{ run: ChildProcess; folder: string }> => {
  const source = `import { makeRunFolder } from ${JSON.stringify(module)};
    process.stdout.write(makeRunFolder(${JSON.stringify({ keep, within })}));
    setInterval(() => {}, 1_000);`;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  runs.push(run);
  const [folder] = await once(run.stdout, 'data');
  return { run, folder: String(folder) };
};

const kill = async (run: ChildProcess): Promise<void> => {
  const ended = once(run, 'exit');
  run.kill('SIGKILL');
  await ended;
};

describe('the folder of a run', () => {
  it('is removed by the next run where its own was killed', async () => {
    const { run, folder } = await startRun(false);
    await kill(run);
    expect(existsSync(folder)).toBe(true);
    makeRunFolder({ within });
    expect(existsSync(folder)).toBe(false);
  });

  it('stays where its run was killed, but was to keep it', async () => {
    const { run, folder } = await startRun(true);
    await kill(run);
    makeRunFolder({ within });
    expect(existsSync(folder)).toBe(true);
  });

  it('stays while its run is at work', async () => {
    const { folder } = await startRun(false);
    makeRunFolder({ within });
    expect(existsSync(folder)).toBe(true);
  });

  it('leaves alone what lies beside it, such as the emulator', () => {
    const emulator = join(within, 'python-1');
    mkdirSync(emulator);
    makeRunFolder({ within });
    expect(existsSync(emulator)).toBe(true);
  });

  it('is removed at the end, unless it is to be kept', () => {
    const [removed, stays] = [makeRunFolder({ within }), makeRunFolder({ within, keep: true })];
    removeRunFolders();
    expect([existsSync(removed), existsSync(stays)]).toEqual([false, true]);
  });
});
