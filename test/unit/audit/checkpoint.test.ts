import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../cli/rebuild/checkpoint.ts';
import { noCounts } from '../../../cli/rebuild/counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true }));

let next = 0;
const newFile = () => join(folder, `${next++}.json`);
const id = { table: 'leads', segments: 2, dryRun: false };
const after = { pk: 'LEAD#l-1', sk: 'STATE' };

describe('a checkpoint', () => {
  it('resumes each segment, with its counts', () => {
    const file = newFile();
    const first = openCheckpoint(file, id);
    first.note(1, { counts: { ...noCounts, leads: 3 }, after, done: true });
    expect(openCheckpoint(file, id).progress).toEqual([
      { counts: noCounts, done: false },
      { counts: { ...noCounts, leads: 3 }, after, done: true },
    ]);
  });

  it('is only saved if a file is named', () => {
    const checkpoint = openCheckpoint(undefined, id);
    checkpoint.note(0, { counts: noCounts, after, done: true });
    expect(checkpoint.progress[0]?.done).toBe(true);
  });

  it.each([
    ['another table', { ...id, table: 'others' }, 'it belongs to table leads, not others'],
    ['other segments', { ...id, segments: 3 }, 'it has 2 segments, not 3'],
    ['a run that changes nothing', { ...id, dryRun: true }, 'it belongs to a run without --dry-run'],
  ])('is not resumed by %s', (_, other, message) => {
    const file = newFile();
    openCheckpoint(file, id);
    expect(() => openCheckpoint(file, other)).toThrow(message);
  });

  it.each([
    ['no JSON', 'my notes'],
    ['a progress that is none', JSON.stringify({ ...id, progress: [null, 1, 'x', {}] })],
    ['a segment that is done without counts', JSON.stringify({ ...id, progress: [{ done: true }] })],
    ['fewer segments than it names', JSON.stringify({ ...id, progress: [] })],
  ])('that is invalid is refused, and stays as it is: %s', (_what, text) => {
    const file = newFile();
    writeFileSync(file, text);
    expect(() => openCheckpoint(file, id)).toThrow('it was not written by a rebuild');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it("that can't be written fails before the run", () => {
    expect(() => openCheckpoint(join(folder, 'no', 'such', 'folder'), id)).toThrow("can't be written");
  });
});
