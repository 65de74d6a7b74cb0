import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ImportError } from './import-error.ts';

const bufferedChars = 1 << 16;

/** A file of lines that appears whole, under its name, when it is committed, or not at all. */
export interface LineFile {
  /** Adds a line. It waits for the disk whenever the buffer is full. */
  add(line: string): Promise<void>;
  /** Puts the file in its place, over an existing one. */
  commit(): Promise<void>;
  /** Removes what was written. Does nothing after a commit. */
  discard(): Promise<void>;
}

/** Throws if the path is not a file: a rename would replace a device, a pipe or a link. */
const assertReplaceable = async (path: string): Promise<void> => {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : found.isSymbolicLink() ? 'a link' : 'no regular file';
  throw new ImportError(
    'out-unusable',
    `${path} can't be written: it is ${what}; allowed: a new file, or one to replace`,
  );
};

/**
 * Opens a file of lines.
 *
 * @param path the path of the file; its folder is created.
 */
export const openLineFile = async (path: string): Promise<LineFile> => {
  await assertReplaceable(path);
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  let handle: FileHandle | undefined = await open(part, 'w');
  let pending = '';

  const flush = async () => {
    const text = pending;
    pending = '';
    await handle?.writeFile(text);
  };
  const close = async () => {
    const closing = handle;
    handle = undefined;
    await closing?.close();
  };

  return {
    async add(line) {
      pending += `${line}\n`;
      if (pending.length >= bufferedChars) await flush();
    },
    async commit() {
      await flush();
      await handle?.sync();
      await close();
      await rename(part, path);
    },
    async discard() {
      await close();
      await rm(part, { force: true });
    },
  };
};
