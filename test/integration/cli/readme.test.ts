import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningStack, runStack } from '../../../cli/stack/run-stack.ts';
import { parseFences } from '../../support/docs.ts';

const root = resolve(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'sluice-readme-'));

let running: RunningStack;
beforeAll(async () => {
  running = await runStack({ onSynthesis: () => {} });
});
afterAll(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

/** Runs a block of the README in an empty folder, with the command of this checkout. */
const follow = async (block: string): Promise<string> => {
  const script = block.replaceAll('npx sluice', `"${process.execPath}" "${join(root, 'cli/sluice.js')}"`);
  const { POWERTOOLS_METRICS_DISABLED: _metrics, POWERTOOLS_LOG_LEVEL: _level, ...env } = process.env;
  const { stdout } = await promisify(execFile)('sh', ['-ec', script], {
    cwd: folder,
    env: { ...env, SLUICE_ENDPOINT: running.stack.endpoint },
  });
  return stdout;
};

describe('the first success of the README', () => {
  it('ends in a hand-off to sales, explained', async () => {
    const block = parseFences(readme).find(({ body }) => body.includes('sluice event'))?.body ?? '';
    const printed = await follow(block);
    expect(printed).toContain('Ada Example');
    expect(printed).toContain('hand-off to "sales"');
    expect(printed).toMatch(/^first-lead .*good/m);
  });

  it('fits on one screen with its purpose', () => {
    expect(readme.split('\n## Next steps')[0]?.split('\n').length).toBeLessThanOrEqual(60);
  });
});
