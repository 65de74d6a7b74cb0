import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { OptionError } from './options.ts';

/** The paths of the files that a run writes. */
export interface WorkFolder {
  readonly data: string;
  readonly log: string;
  readonly memory: string;
  /** Removes everything, unless it is to be kept. */
  readonly done: () => Promise<void>;
}

const buildPaths = (folder: string, done: WorkFolder['done']): WorkFolder => ({
  data: join(folder, 'data'),
  log: join(folder, 'stack.log'),
  memory: join(folder, 'memory.csv'),
  done,
});

/** Opens the folder of a run. @throws OptionError if the folder that is to keep the run is not empty */
export const openWorkFolder = async (keep: string | undefined): Promise<WorkFolder> => {
  if (keep === undefined) {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-soak-'));
    return buildPaths(folder, () => rm(folder, { recursive: true, force: true }));
  }
  const folder = resolve(keep);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new OptionError(`--keep: given ${keep}; allowed: an empty folder, or one that isn't there yet`);
  }
  return buildPaths(folder, async () => {});
};
