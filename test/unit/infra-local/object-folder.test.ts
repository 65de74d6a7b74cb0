import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Bucket } from '../../../infra/local/bucket.ts';
import { encodePath, ObjectFolder } from '../../../infra/local/object-folder.ts';

const setUp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-objects-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const open = (writeOnce = false) =>
    new Bucket({ name: 'b', writeOnce, folder: new ObjectFolder(folder, (_file, run) => run()) });
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
    for (const key of keys) again.delete(key);
    expect(open().keys()).toEqual([]);
    expect(
      readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()),
    ).toEqual([]);
  });

  it('stores objects that are written once in files that nobody may write', () => {
    const { folder, open } = setUp();
    open(true).put('heads/today', 'first', 0);
    expect(statSync(join(folder, encodePath('heads/today'))).mode & 0o777).toBe(0o444);
    const again = open(true);
    expect(again.put('heads/today', 'second', 0)).toBeUndefined();
    expect(again.delete('heads/today')).toBe(false);
    expect(open(true).objects()).toEqual([{ key: 'heads/today', body: 'first' }]);
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
