import { execFile } from 'node:child_process';
import { mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The room that is left on a disk that is about to be full, in bytes: a second of load takes more. */
const littleRoom = 256 * 1_024;
/** The size of a disk with room. It takes memory only for what is on it. */
const wholeSize = '50%';

/** A file system in memory, whose size can be changed while it is used. */
export interface SmallDisk {
  /** Leaves almost no room on the disk. */
  readonly fill: () => Promise<void>;
  readonly makeRoom: () => Promise<void>;
  readonly unmount: () => Promise<void>;
}

/** Mounts a disk at a path. Returns undefined if this user may not mount anything: that takes root. */
export const mountSmallDisk = async (path: string): Promise<SmallDisk | undefined> => {
  await mkdir(path);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `mode=700,size=${wholeSize}`, 'tmpfs', path]);
  } catch {
    return undefined;
  }
  const resize = (size: string) => run('mount', ['-o', `remount,size=${size}`, path]);
  return {
    fill: async () => {
      const { blocks, bfree, bsize } = await statfs(path);
      await resize(`${(blocks - bfree) * bsize + littleRoom}`);
    },
    makeRoom: async () => void (await resize(wholeSize)),
    unmount: async () => void (await run('umount', [path])),
  };
};
