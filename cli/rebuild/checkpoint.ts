import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Key } from '../../shared/keys/index.ts';
import { CliError } from '../errors.ts';
import { type Counts, noCounts } from './counts.ts';

/** How far a segment of the table has been rebuilt, and what came of that. */
export interface SegmentProgress {
  readonly counts: Counts;
  /** The last item that was read; undefined at the beginning. */
  readonly after?: Key;
  readonly done: boolean;
}

/** What a rebuild must have in common with the one that it goes on with. */
export interface RebuildId {
  readonly table: string;
  readonly segments: number;
  readonly dryRun: boolean;
}

export interface Checkpoint {
  readonly progress: SegmentProgress[];
  /** Writes it down, now and then; at once where a segment is done. */
  readonly note: (segment: number, progress: SegmentProgress) => void;
  readonly save: () => void;
}

interface Saved extends RebuildId {
  readonly progress: SegmentProgress[];
}

/** What is not saved is read again: that costs time and nothing else. */
const saveEveryMs = 1_000;

const unfit = (file: string, why: string): CliError =>
  new CliError(
    'CHECKPOINT_UNFIT',
    `${file} is no checkpoint to go on from: ${why}; name another file, or remove it`,
  );

const parse = (file: string, text: string): Saved => {
  try {
    const saved = JSON.parse(text) as Saved | null;
    if (saved !== null && Array.isArray(saved.progress)) return saved;
  } catch {
    // Said below.
  }
  throw unfit(file, 'it is not what a rebuild writes');
};

const load = (file: string, { table, segments, dryRun }: RebuildId): SegmentProgress[] | undefined => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unfit(file, (cause as Error).message);
  }
  const saved = parse(file, text);
  if (saved.table !== table) throw unfit(file, `it is of table ${saved.table}, not ${table}`);
  if (saved.segments !== segments) throw unfit(file, `it has ${saved.segments} segments, not ${segments}`);
  if (saved.dryRun !== dryRun)
    throw unfit(file, `it is of a run ${saved.dryRun ? 'with' : 'without'} --dry-run`);
  return saved.progress;
};

/** Put in place whole, so that whatever ends the process leaves the one or the other. */
const write = (file: string, saved: Saved): void => {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(saved)}\n`);
    renameSync(draft, file);
  } catch (cause) {
    throw new CliError('FILE_UNWRITABLE', `${file} can't be written: ${(cause as Error).message}`, { cause });
  }
};

/**
 * Goes on where a rebuild of the same table came to, or begins one.
 *
 * @param file where progress is kept; nowhere if left out
 */
export const openCheckpoint = (file: string | undefined, id: RebuildId): Checkpoint => {
  const progress: SegmentProgress[] =
    (file && load(file, id)) ||
    Array.from({ length: id.segments }, () => ({ counts: noCounts, done: false }));
  let savedAt = 0;
  const save = (): void => {
    if (file !== undefined) write(file, { ...id, progress });
    savedAt = Date.now();
  };
  // Finds out before the run, not after it, that the file can't be written.
  save();
  return {
    progress,
    note: (segment, now) => {
      progress[segment] = now;
      if (now.done || Date.now() - savedAt >= saveEveryMs) save();
    },
    save,
  };
};
