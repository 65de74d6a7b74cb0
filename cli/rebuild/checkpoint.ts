import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { parseJson } from '../../events/index.ts';
import type { Key } from '../../shared/keys/index.ts';
import { CliError } from '../errors.ts';
import { type Counts, noCounts } from './counts.ts';

/** The progress of the rebuild in one segment of the table, with its counts so far. */
interface SegmentProgress {
  readonly counts: Counts;
  /** The key of the last item that was read; undefined at the beginning. */
  readonly after?: Key | undefined;
  readonly done: boolean;
}

/** The properties that a rebuild must share with the one that it resumes. */
export interface RebuildId {
  readonly table: string;
  readonly segments: number;
  readonly dryRun: boolean;
}

export interface Checkpoint {
  readonly progress: SegmentProgress[];
  /** Records the progress of a segment. Saves it once a second at most, and at once if the segment is done. */
  readonly note: (segment: number, progress: SegmentProgress) => void;
  readonly save: () => void;
}

interface Saved extends RebuildId {
  readonly progress: SegmentProgress[];
}

/**
 * The shortest time between two saves. Leads after the last save are read again by the next run, which only costs time.
 */
const saveEveryMs = 1_000;

const unfit = (file: string, why: string): CliError =>
  new CliError(
    'CHECKPOINT_UNFIT',
    `${file} is not a checkpoint that this run can resume: ${why}; name another file, or remove it`,
  );

const count = z.int().check(z.gte(0));
const savedSchema: z.ZodMiniType<Saved> = z.object({
  table: z.string(),
  segments: count,
  dryRun: z.boolean(),
  progress: z.array(
    z.object({
      counts: z.object({ leads: count, entries: count, differences: count, repaired: count, refused: count }),
      after: z.optional(z.object({ pk: z.string(), sk: z.string() })),
      done: z.boolean(),
    }),
  ),
});

const parse = (file: string, text: string): Saved => {
  const parsed = savedSchema.safeParse(parseJson(text));
  if (parsed.success && parsed.data.progress.length === parsed.data.segments) return parsed.data;
  throw unfit(file, 'it was not written by a rebuild');
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
  if (saved.table !== table) throw unfit(file, `it belongs to table ${saved.table}, not ${table}`);
  if (saved.segments !== segments) throw unfit(file, `it has ${saved.segments} segments, not ${segments}`);
  if (saved.dryRun !== dryRun)
    throw unfit(file, `it belongs to a run ${saved.dryRun ? 'with' : 'without'} --dry-run`);
  return saved.progress;
};

/** Writes a checkpoint atomically, so that a crash leaves either the old file or the new one. */
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
 * Opens a checkpoint: with the progress of an earlier rebuild of the same table, or with none.
 *
 * @param file the file of the checkpoint; if left out, progress is not saved
 * @throws CliError if the file belongs to another rebuild, or can't be read or written
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
  // Fails before the run, not after it, if the file can't be written.
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
