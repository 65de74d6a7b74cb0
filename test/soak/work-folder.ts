import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mountSmallDisk, type SmallDisk } from './kills/small-disk.ts';
import { OptionError } from './options.ts';

/** The paths of the files that a run writes. */
export interface WorkFolder {
  readonly data: string;
  readonly log: string;
  readonly memory: string;
  /** The disk that holds the data, if it can be filled. */
  readonly disk?: SmallDisk;
  /** Removes everything, unless it is to be kept. */
  readonly done: () => Promise<void>;
}

const openFolder = async (keep: string | undefined): Promise<string> => {
  if (keep === undefined) return mkdtemp(join(tmpdir(), 'sluice-soak-'));
  const folder = resolve(keep);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new OptionError(`--keep: given ${keep}; allowed: an empty folder, or one that isn't there yet`);
  }
  return folder;
};

/**
 * Opens the folder of a run.
 *
 * @param canFill whether the data is to be on a disk that can be filled, if this user may mount one
 * @throws OptionError if the folder that is to keep the run is not empty
 */
export const openWorkFolder = async (keep: string | undefined, canFill = false): Promise<WorkFolder> => {
  const folder = await openFolder(keep);
  const mounted = join(folder, 'disk');
  const disk = canFill ? await mountSmallDisk(mounted) : undefined;
  const data = join(disk === undefined ? folder : mounted, 'data');
  return {
    data,
    log: join(folder, 'stack.log'),
    memory: join(folder, 'memory.csv'),
    ...(disk !== undefined && { disk }),
    done: async () => {
      if (disk !== undefined && keep !== undefined) await cp(data, join(folder, 'data'), { recursive: true });
      await disk?.unmount();
      if (keep === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
};
