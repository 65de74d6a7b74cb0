import { type FileHandle, lstat, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ImportError } from './import-error.ts';

const isFolder = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/**
 * Makes a folder and those above it. Unlike `mkdir` with `recursive`, it ends in file systems in which none can be made:
 * Node tries again and again in /proc.
 */
const makeFolder = async (path: string): Promise<void> => {
  if (await isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  await mkdir(path).catch(async (error: unknown) => {
    // Another process may have made it meanwhile.
    if (!(await isFolder(path))) throw error;
  });
};

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
 * @throws ImportError if the file can't be made there
 */
export const openLineFile = async (path: string): Promise<LineFile> => {
  await assertReplaceable(path);
  const part = `${path}.${process.pid}.part`;
  const make = async () => {
    await makeFolder(resolve(dirname(path)));
    return open(part, 'w');
  };
  let handle: FileHandle | undefined = await make().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new ImportError('out-unusable', `${path} can't be written: ${why}`, [], error);
  });
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
