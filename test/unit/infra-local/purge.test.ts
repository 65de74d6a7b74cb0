import { mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { purgeFile } from '../../../infra/local/data/purge.ts';
import { purgeTables } from '../../../infra/local/engine/file.ts';

const free = vi.hoisted(() => ({ bytes: Number.MAX_SAFE_INTEGER }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  statfsSync: () => ({ bavail: free.bytes, bsize: 1 }),
}));

const setUp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-purge-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'tables.db');
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; CREATE TABLE items (text TEXT)');
  for (let i = 0; i < 200; i++) database.prepare('INSERT INTO items VALUES (?)').run('x'.repeat(10_000));
  return { folder, file, database, sizeOfLog: () => statSync(`${file}-wal`).size };
};

it('a purge rewrites the file and leaves its log empty', () => {
  const { folder, database, sizeOfLog } = setUp();
  database.exec('DELETE FROM items WHERE rowid > 10');
  purgeFile(database, folder);
  expect(database.prepare('PRAGMA freelist_count').get()).toEqual({ freelist_count: 0 });
  expect(sizeOfLog()).toBe(0);
  database.close();
});

it('a purge without room does not begin, says how much it needs, and has emptied the log', () => {
  const { folder, database, sizeOfLog } = setUp();
  free.bytes = 4_000_000;
  onTestFinished(() => {
    free.bytes = Number.MAX_SAFE_INTEGER;
  });
  expect(() => purgeFile(database, folder)).toThrow(
    /^there is room for 4000000 bytes, needed are [45]\d{6};/,
  );
  expect(sizeOfLog()).toBe(0);
  free.bytes = 6_000_000;
  purgeFile(database, folder);
  database.close();
});

it('a purge that fails half way leaves the log empty', () => {
  const { folder, database, sizeOfLog } = setUp();
  database.exec('DELETE FROM items WHERE rowid > 100');
  const exec = database.exec.bind(database);
  database.exec = (sql: string) => {
    // The disk is full when most of the file is rewritten.
    if (sql === 'VACUUM') exec('PRAGMA max_page_count = 1; INSERT INTO items VALUES (zeroblob(3000000))');
    else exec(sql);
  };
  expect(() => purgeFile(database, folder)).toThrow('database or disk is full');
  expect(sizeOfLog()).toBe(0);
  database.close();
});

it('a purge makes no file anew, whose log SQLite would then delete', () => {
  const { folder, file, database, sizeOfLog } = setUp();
  const before = sizeOfLog();
  expect(before).toBeGreaterThan(0);
  renameSync(file, join(folder, 'away'));
  expect(() => purgeTables(file, '1.2.1', new Map())).toThrow('unable to open database file');
  expect(sizeOfLog()).toBe(before);
  renameSync(join(folder, 'away'), file);
  expect(database.prepare('SELECT COUNT(*) AS count FROM items').get()).toEqual({ count: 200 });
  database.close();
});
