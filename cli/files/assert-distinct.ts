import { fstat, type Stats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../errors.ts';

/** A file by what it is, whatever it is called: by another spelling, through a link, or as standard input. */
interface Identity {
  readonly id: string;
  readonly isRegular: boolean;
}

const statOf = (path: string): Promise<Stats | undefined> =>
  (path === '-' ? promisify(fstat)(0) : stat(path)).catch(() => undefined);

/** Returns the path of a file that is yet to be created, through the links to the folders that exist. */
const resolveMissing = async (path: string): Promise<string> => {
  const folder = dirname(path);
  if (folder === path) return path;
  return join(await realpath(folder).catch(() => resolveMissing(folder)), basename(path));
};

const identify = async (path: string): Promise<Identity> => {
  const found = await statOf(path);
  if (found === undefined) {
    // A link to a file that is yet to be created. One in a circle leads nowhere, and can't be written.
    const target = await stat(path).then(
      () => undefined,
      ({ code }: NodeJS.ErrnoException) =>
        code === 'ENOENT' ? readlink(path).catch(() => undefined) : undefined,
    );
    if (target !== undefined) return identify(resolve(dirname(path), target));
    return { id: await resolveMissing(resolve(path)), isRegular: false };
  }
  return { id: `${found.dev}:${found.ino}`, isRegular: found.isFile() };
};

/**
 * Asserts that no file that a command writes is one that it reads, or another one that it writes.
 *
 * @param reads paths; `-` is standard input. A device or pipe, such as a terminal, can be read and written
 * @throws UsageError
 */
export const assertDistinct = async (reads: readonly string[], writes: readonly string[]): Promise<void> => {
  const taken = new Map<string, string>();
  for (const path of reads) {
    const { id, isRegular } = await identify(path);
    if (isRegular) taken.set(id, `${path === '-' ? 'standard input' : path}, which is read`);
  }
  for (const path of writes) {
    const { id } = await identify(path);
    const other = taken.get(id);
    if (other !== undefined)
      throw new UsageError(`${path} would be written over ${other}; give another path to write to`);
    taken.set(id, `${path}, which is written as well`);
  }
};
