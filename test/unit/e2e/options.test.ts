import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readOptions, usage } from '../../e2e/options.ts';

it('takes the emulator and the known run unless told otherwise', () => {
  expect(readOptions([])).toMatchObject({ target: 'emulator', run: 'e2e', json: false, keep: false });
});

it('gives each run in an account a name of its own', () => {
  expect(readOptions(['--target', 'aws']).run).toMatch(/^e2e-\w+$/);
  expect(readOptions(['--target', 'aws', '--run', 'mine']).run).toBe('mine');
});

it('refuses what is not allowed, with the option, what was given and what is allowed', () => {
  const allowed = '--target: given moon; allowed: local, emulator, aws';
  expect(() => readOptions(['--target', 'moon'])).toThrow(allowed);
  expect(() => readOptions(['--run', 'a b'])).toThrow('--run: given a b; allowed');
  expect(() => readOptions(['--run', 'x', '--write-expected'])).toThrow('--write-expected');
  expect(() => readOptions(['--tokens', 'tokens.json'])).toThrow('--tokens: given with --target emulator');
  expect(() => readOptions(['--unknown'])).toThrow();
});

it.each(['--help', '-h'])('tells how it is called when asked by %s, and runs nothing', (option) => {
  const main = join(import.meta.dirname, '../../e2e/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, option], { encoding: 'utf8' });
  expect([status, stdout, stderr]).toEqual([0, `${usage}\n`, '']);
});
