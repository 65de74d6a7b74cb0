import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Bucket } from '../../../infra/local/bucket.ts';
import { encodePath, ObjectFolder } from '../../../infra/local/data/object-folder.ts';

const setUp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-objects-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const open = (versioned = false) =>
    new Bucket({ name: 'b', versioned, folder: new ObjectFolder(folder, (_file, run) => run()) });
  return { folder, open };
};

/** Keys that would block each other, lead outside the folder, or be too long as paths. */
const keys = [
  'a',
  'a/b',
  'a/../../b',
  '.',
  '..',
  '.draft',
  '%2E',
  'a+/b',
  '\u0000\n',
  'Zoë/\u{1f600}',
  'k'.repeat(1_024),
  `${'k'.repeat(200)}..`,
  `${'k'.repeat(200)}.`,
  `${'k'.repeat(200)}+`,
  'k'.repeat(200),
  '\u{1f600}'.repeat(256),
];

describe('a bucket with a folder', () => {
  it('finds every object again, whatever its key', () => {
    const { folder, open } = setUp();
    const first = open();
    for (const key of keys) first.put(key, `body of ${key}`, 0);
    const again = open();
    expect(again.keys()).toEqual(first.keys());
    for (const key of keys) expect(again.get(key)?.body.toString()).toBe(`body of ${key}`);
    for (const key of keys) again.delete(key, 0);
    expect(open().keys()).toEqual([]);
    expect(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    ).toEqual([]);
  });

  it('stores versions in files of their own that nobody may write', () => {
    const { folder, open } = setUp();
    open(true).put('heads/today', 'first', 0);
    const again = open(true);
    again.put('heads/today', 'second', 0);
    again.delete('heads/today', 0);
    again.put('heads/today', 'fourth', 0);
    const file = encodePath('heads/today');
    const names = readdirSync(folder).sort();
    expect(names).toEqual([file, `${file}+2`, `${file}+3-deleted`, `${file}+4`]);
    expect(names.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual(names.map(() => 0o400));
    const bodies = open(true)
      .versions('heads/today')
      .map(({ number, body }) => [number, body?.toString()]);
    expect(bodies).toEqual([
      [1, 'first'],
      [2, 'second'],
      [3, undefined],
      [4, 'fourth'],
    ]);
  });

  it.each(keys)('finds the versions of any key again: %j', (key) => {
    const { open } = setUp();
    const first = open(true);
    first.put(key, 'first', 0);
    first.delete(key, 0);
    const again = open(true);
    expect([again.keys(), again.versionedKeys()]).toEqual([[], [key]]);
    expect(again.versions(key).map(({ body }) => body?.toString())).toEqual(['first', undefined]);
  });

  it('ignores files that a killed process had not finished', () => {
    const { folder, open } = setUp();
    open().put('whole', 'x', 0);
    writeFileSync(join(folder, '.draft'), 'ha', { mode: 0o444 });
    expect(open().keys()).toEqual(['whole']);
    open().put('next', 'x', 0);
    expect(open().keys()).toEqual(['next', 'whole']);
  });

  it.each(['%zz', '%E0%A4%A', 'a copy', 'Übersicht', '.DS_Store', '%61', '.git/config', 'folder/of-its-own'])(
    'ignores the file %s, whose path no key has',
    (stray) => {
      const { folder, open } = setUp();
      open().put('whole', 'x', 0);
      mkdirSync(dirname(join(folder, stray)), { recursive: true });
      writeFileSync(join(folder, stray), 'stray');
      mkdirSync(join(folder, 'a-folder'));
      expect(open().keys()).toEqual(['whole']);
    },
  );
});
