import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

const bufferedChars = 1 << 16;

/** A file of lines that appears whole, under its name, when it is committed, or not at all. */
export interface LineFile {
  /** Waits for the disk when a buffer's worth has come together. */
  add(line: string): Promise<void>;
  /** Puts the file in its place, over one that is there. */
  commit(): Promise<void>;
  /** Takes back what was written. Does nothing after a commit. */
  discard(): Promise<void>;
}

/** @param path where the file is to be; its folder is made. */
export const openLineFile = async (path: string): Promise<LineFile> => {
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
