import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

it.each([
  ['cost', '--garbage'],
  ['scale', '--garbage'],
  ['scale', '10'],
])('npm run %s refuses %s before it measures anything', (command, given) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bench', command, 'main.ts'), given],
    { encoding: 'utf8' },
  );
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(given);
  expect(stderr).toContain(`usage: npm run ${command}`);
});
