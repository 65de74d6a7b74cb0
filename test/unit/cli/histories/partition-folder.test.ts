import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const module = new URL('../../../../cli/histories/partition-folder.ts', import.meta.url).href;

/** Runs a process that makes a folder and ends in some way. Returns the folder, and whether it is still there. */
const runAndEnd = (ending: string) => {
  const program = `
    const { existsSync, statSync, writeFileSync } = await import('node:fs');
    const { makePartitionFolder } = await import(${JSON.stringify(module)});
    const { folder } = makePartitionFolder();
    writeFileSync(folder + '/0.jsonl', 'personal data');
    console.log(JSON.stringify({ folder, mode: (statSync(folder).mode & 0o777).toString(8) }));
    ${ending}`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  const { folder, mode } = JSON.parse(stdout) as { folder: string; mode: string };
  return { mode, isLeft: existsSync(folder) };
};

const endings: Readonly<Record<string, string>> = {
  'it ends by itself': 'process.exit(3)',
  'an error ends it': "setImmediate(() => { throw new Error('broken'); })",
  'a signal ends it': "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 10_000)",
};

describe('the folder of partitions', () => {
  for (const [when, ending] of Object.entries(endings)) {
    it(`is its owner's alone, and is removed when ${when}`, () => {
      expect(runAndEnd(ending)).toEqual({ mode: '700', isLeft: false });
    });
  }
});
