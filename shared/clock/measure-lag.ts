import { hourMs } from '../../events/index.ts';
import { listDueKeys } from '../keys/index.ts';
import type { ClockProgress } from './clock-progress.ts';
import type { ReadDueItems } from './due-items.ts';
import { computeWaitingSince } from './waiting-since.ts';

/** The lag of the clock. */
interface ClockLag {
  /** The instant before which everything that was due has been sent, in milliseconds since 1970. */
  readonly doneUntil: number | undefined;
  /** The items that are due and still wait, as far as they were counted. */
  readonly due: number;
  /** Whether there may be more of them. */
  readonly more: boolean;
  /** Since when the item that waits longest has waited, in milliseconds since 1970; undefined if none waits. */
  readonly waitingSince: number | undefined;
}

interface ClockLagProps {
  readonly progress: Pick<ClockProgress, 'load'>;
  readonly readDueItems: ReadDueItems;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The most items that are counted. */
  readonly mostItems: number;
}

/** The most hours that are read, each of them in all partitions of the index: three days. */
const mostHours = 72;

/** Counts the items of a partition, up to a number of them. */
const countPartition = async (
  { readDueItems, now, mostItems }: ClockLagProps,
  dueKey: string,
  hour: number,
): Promise<{ readonly due: number; readonly since: number }> => {
  let due = 0;
  let since = Number.POSITIVE_INFINITY;
  for await (const items of readDueItems(dueKey, now)) {
    due += items.length;
    for (const { dueAt } of items) since = Math.min(since, computeWaitingSince(dueAt, hour));
    if (due >= mostItems) break;
  }
  return { due, since };
};

/** Measures how far the clock is behind, from the first hour that isn't done. The work is bounded. */
export const measureClockLag = async (props: ClockLagProps): Promise<ClockLag> => {
  const { progress, now, mostItems } = props;
  const { doneHour } = await progress.load();
  const doneUntil = doneHour === undefined ? undefined : doneHour + hourMs;
  const current = now - (now % hourMs);
  // Of a clock that never ran, the latest hours are read.
  const first = doneUntil ?? current - (mostHours - 1) * hourMs;
  let due = 0;
  let since = Number.POSITIVE_INFINITY;
  let hour = first;
  for (; hour <= current && due < mostItems && hour < first + mostHours * hourMs; hour += hourMs) {
    const counted = await Promise.all(listDueKeys(hour).map((dueKey) => countPartition(props, dueKey, hour)));
    for (const each of counted) {
      due += each.due;
      since = Math.min(since, each.since);
    }
  }
  return {
    doneUntil,
    due: Math.min(due, mostItems),
    more: due > mostItems || hour <= current || doneUntil === undefined,
    // An instant that had passed when it was written may stand in the hour that is running.
    waitingSince: due === 0 ? undefined : Math.min(since, now),
  };
};
