import { spawnSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertDistinct } from '../../../cli/files/assert-distinct.ts';

let folder: string;
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-distinct-'));
  writeFileSync(path('in.jsonl'), 'events\n');
  writeFileSync(path('other.jsonl'), '');
  mkdirSync(path('sub'));
  symlinkSync(path('in.jsonl'), path('link.jsonl'));
  linkSync(path('in.jsonl'), path('hard.jsonl'));
  symlinkSync(folder, path('sub/back'));
  symlinkSync('new.jsonl', path('dangling.jsonl'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('what a command writes', () => {
  it.each([
    ['itself', 'in.jsonl'],
    ['another spelling', 'sub/../in.jsonl'],
    ['a symbolic link', 'link.jsonl'],
    ['a hard link', 'hard.jsonl'],
    ['a path through a link to its folder', 'sub/back/in.jsonl'],
  ])('is not what it reads: %s', async (_what, output) => {
    const given = `${folder}/${output}`;
    await expect(assertDistinct([path('other.jsonl'), path('in.jsonl')], [given])).rejects.toMatchObject({
      code: 'USAGE',
      message: `${given} would be written over ${path('in.jsonl')}, which is read; give another path to write to`,
    });
    await expect(assertDistinct([given], [path('in.jsonl')])).rejects.toMatchObject({ code: 'USAGE' });
  });

  it.each([
    ['one that is there', 'other.jsonl', 'sub/back/other.jsonl'],
    ['one that is not there yet', 'new.jsonl', 'sub/../new.jsonl'],
    ['one that is not there yet, through a link', 'new.jsonl', 'sub/back/new.jsonl'],
    ['one that is not there yet, by a link to it', 'new.jsonl', 'dangling.jsonl'],
    ['one in a folder that is not there yet', 'none/new.jsonl', 'sub/back/none/new.jsonl'],
  ])('is not written twice: %s', async (_what, one, other) => {
    await expect(assertDistinct([], [path(one), `${folder}/${other}`])).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('which is written as well'),
    });
  });

  it('may be a file that is neither read nor written otherwise', async () => {
    await assertDistinct([path('in.jsonl'), path('missing.jsonl')], [path('other.jsonl'), path('new.jsonl')]);
    await assertDistinct(['/dev/null'], ['/dev/null']);
  });

  it('is not standard input, if that is a file', () => {
    const code = `
      const { assertDistinct } = await import(${JSON.stringify(join(import.meta.dirname, '../../../cli/files/assert-distinct.ts'))});
      await assertDistinct(['-'], [process.argv[1]]).catch((error) => console.log(error.message));`;
    const stdin = openSync(path('in.jsonl'), 'r');
    const runOn = (output: string): string =>
      spawnSync(process.execPath, ['--input-type=module', '-e', code, output], {
        stdio: [stdin, 'pipe', 'inherit'],
        encoding: 'utf8',
      }).stdout;
    expect(runOn(path('hard.jsonl'))).toContain('would be written over standard input, which is read');
    expect(runOn(path('other.jsonl'))).toBe('');
    closeSync(stdin);
  });
});
