import type { ScoringModel } from '../../../shared/scoring/index.ts';
import type { FileEntry } from '../../entries/read-entries.ts';
import { formatOrigin } from '../../entries/read-entries.ts';
import { CliError, UsageError } from '../../errors.ts';
import { type Partitions, partitionEntries } from '../../histories/partition-entries.ts';
import { runOnPartitions } from '../../histories/run-on-partitions.ts';
import type { UnreadName } from '../../unread/unread-tally.ts';
import type { Rejections } from '../rejections.ts';
import type { Summary } from '../summary.ts';
import { type FoldedPartition, type FoldPartitionProps, leadsFile } from './fold-partition.ts';
import { mergeFiles } from './merge-lines.ts';
import type { Passing } from './passing.ts';
import { RejectionGroups } from './rejection-groups.ts';
import { addUnread } from './unread-totals.ts';

/** The result of a fast replay in numbers. What only announcements tell isn't among them. */
export interface FastSummary extends Omit<Summary, 'announced' | 'expiredDeadlines'>, Rejections {
  /** The changes of leads that would be announced. */
  readonly changes: number;
  readonly unread: readonly UnreadName[];
  readonly unreadMore: number;
}

export interface FastReplayProps {
  readonly model: ScoringModel;
  /** The file to which the leads are written. */
  readonly leads?: string | undefined;
  /** Milliseconds since 1970. */
  readonly until?: number | undefined;
  /** The clock, in milliseconds since 1970. */
  readonly now: number;
}

/** @throws UsageError if an event occurred after `until` */
const assertUntil = ({ last, lastAt }: Partitions, until: number): void => {
  if (last === undefined || lastAt === undefined || lastAt <= until) return;
  const instant = (at: number): string => new Date(at).toISOString();
  throw new UsageError(
    `--until: given ${instant(until)}; allowed: an instant that isn't before the last event, ` +
      `${formatOrigin(last)} of ${instant(lastAt)}`,
  );
};

/**
 * Asserts that leads depend on nothing but their own events and time. A policy that takes a lead back when nobody answers
 * its hand-off needs the hand-offs themselves, which only the stack follows.
 *
 * @throws CliError `FAST_CANNOT_RECYCLE`
 */
const assertNoRecycling = ({ document, version }: ScoringModel, passing: Passing): void => {
  const steps = Object.values(document.policy.deadlines?.then ?? {}).flat();
  if (passing.kind === 'by-events' || !steps.some((step) => 'recycle' in step)) return;
  throw new CliError(
    'FAST_CANNOT_RECYCLE',
    `--fast doesn't follow hand-offs, and the policy of ${version} takes leads back whose hand-off nobody answers: replay without --fast`,
  );
};

const choosePassing = ({ lastHistoryAt }: Partitions, { until, now }: FastReplayProps): Passing => {
  if (until !== undefined) return { kind: 'until', until, historyAt: lastHistoryAt ?? until };
  return { kind: lastHistoryAt === undefined ? 'by-events' : 'settling', now };
};

const foldAll = async (
  partitions: Partitions,
  passing: Passing,
  { model, leads }: FastReplayProps,
): Promise<FoldedPartition[]> => {
  const module = new URL('./fold-partition.ts', import.meta.url);
  const props: FoldPartitionProps = { document: model.document, passing, writesLeads: leads !== undefined };
  return Array.fromAsync(runOnPartitions<FoldPartitionProps, FoldedPartition>(module, partitions, props));
};

/** Folds all partitions. Time passes behind the last event only if there is history to settle. */
const fold = async (partitions: Partitions, props: FastReplayProps): Promise<FoldedPartition[]> => {
  const passing = choosePassing(partitions, props);
  assertNoRecycling(props.model, passing);
  const parts = await foldAll(partitions, passing, props);
  const isIdle = passing.kind === 'settling' && parts.every(({ unsettledBefore }) => unsettledBefore === 0);
  return isIdle ? foldAll(partitions, { kind: 'by-events', now: props.now }, props) : parts;
};

const leadIdOf = (line: string): string => (JSON.parse(line) as { leadId: string }).leadId;

const byLeadId = (a: string, b: string): number => {
  const [one, other] = [leadIdOf(a), leadIdOf(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};

const writeLeads = ({ files }: Partitions, file: string): void => {
  try {
    mergeFiles(files.map(leadsFile), file, byLeadId);
  } catch (cause) {
    throw new CliError('FILE_UNWRITABLE', `${file} can't be written: ${(cause as Error).message}`, { cause });
  }
};

const sum = (parts: readonly FoldedPartition[], of: (part: FoldedPartition) => number): number =>
  parts.reduce((total, part) => total + of(part), 0);

const addUp = (counts: readonly Readonly<Record<string, number>>[]): Record<string, number> => {
  const total: Record<string, number> = {};
  for (const [name, count] of counts.flatMap((one) => Object.entries(one)))
    total[name] = (total[name] ?? 0) + count;
  return total;
};

const summarize = (
  { counts: { received, rejected, duplicates } }: Partitions,
  parts: readonly FoldedPartition[],
): Omit<FastSummary, keyof Rejections> => {
  const copies = sum(parts, (part) => part.rejectedCopies);
  const quarantined = rejected + sum(parts, (part) => part.rejected) + copies;
  const unsettled = sum(parts, (part) => part.unsettled);
  const { names, dropped } = addUnread(parts.map(({ unread }) => unread));
  return {
    received,
    recorded: received - quarantined - (duplicates - copies),
    duplicates: duplicates - copies,
    quarantined,
    clockEvents: sum(parts, (part) => part.clockEvents),
    changes: sum(parts, (part) => part.changes),
    settled: Math.max(0, sum(parts, (part) => part.withHistory) - unsettled),
    unsettled,
    leads: sum(parts, (part) => part.leads),
    byStage: addUp(parts.map(({ byStage }) => byStage)),
    byTier: addUp(parts.map(({ byTier }) => byTier)),
    unread: names,
    unreadMore: dropped,
  };
};

/**
 * Folds files of events into leads without the stack, in threads, with memory that doesn't grow with the files. The leads
 * are those that `replay` gives; a property test holds both equal.
 *
 * @throws CliError if a file can't be read or written, or if the policy needs hand-offs
 */
export const replayFast = async (files: readonly string[], props: FastReplayProps): Promise<FastSummary> => {
  const { until, now, leads } = props;
  const groups = new RejectionGroups();
  const partitions = await partitionEntries(files, {
    // Each event comes at its own instant, so that none is ahead of time.
    now: until === undefined ? now : Number.POSITIVE_INFINITY,
    prefersLive: until !== undefined,
    onRejected: ({ file, number, item = 0 }: FileEntry, rejection) =>
      groups.add([files.indexOf(file), number, item], rejection),
  });
  try {
    if (until !== undefined) assertUntil(partitions, until);
    const parts = await fold(partitions, props);
    if (leads !== undefined) writeLeads(partitions, leads);
    for (const group of parts.flatMap((part) => part.groups)) groups.addGroup(group);
    return { ...summarize(partitions, parts), ...groups.toRejections(files) };
  } finally {
    partitions.remove();
  }
};
