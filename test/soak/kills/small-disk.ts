import { execFile } from 'node:child_process';
import { mkdir, statfs } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The room that is left on a disk that is about to be full, in bytes: a second of load takes more. */
const littleRoom = 256 * 1_024;
/** The size of a disk with room. It takes memory only for what is on it. */
const wholeSize = '50%';
/** A room that no load fills between two calls, in bytes: a disk that can't be made that small fails. */
const mostRoom = 256 * 1_024 * 1_024;

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
  const leaveRoom = async (room: number): Promise<void> => {
    const { blocks, bfree, bsize } = await statfs(path);
    try {
      await resize(`${(blocks - bfree) * bsize + room}`);
    } catch (error) {
      // Linux refuses a size below what is used, and the engine goes on writing after its files were measured.
      if (room >= mostRoom) throw error;
      await leaveRoom(room * 2);
    }
  };
  return {
    fill: () => leaveRoom(littleRoom),
    makeRoom: async () => void (await resize(wholeSize)),
    unmount: async () => void (await run('umount', [path])),
  };
};
