import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { mountSmallDisk } from './small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'sluice-small-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const path = join(folder, 'disk');
const disk = await mountSmallDisk(path);
afterAll(() => disk?.unmount());

/** Writes a mebibyte again and again until the disk is full, then returns the code of the error. */
const writeUntilFull = async (): Promise<unknown> => {
  const file = await open(join(path, 'grows'), 'w');
  onTestFinished(() => file.close());
  for (;;) {
    const failure = await file.write(Buffer.alloc(1_024 * 1_024)).catch((error: unknown) => error);
    if (failure instanceof Error) return 'code' in failure && failure.code;
  }
};

it.skipIf(disk === undefined)('is filled while something writes to it, and has room again', async () => {
  const full = writeUntilFull();
  await disk?.fill();
  expect(await full).toBe('ENOSPC');
  await disk?.makeRoom();
  writeFileSync(join(path, 'fits'), Buffer.alloc(1_024 * 1_024));
});
