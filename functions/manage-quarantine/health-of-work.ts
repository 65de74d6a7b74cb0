import { apiLimits } from '../../events/api/index.ts';
import { measureClockLag } from '../../shared/clock/index.ts';
import { errorFields, logger } from '../../shared/lambda/index.ts';
import type { HealthDeps } from './deps.ts';

const isoOf = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString();

/** Reads how far the clock is behind. */
export const readClock = async ({ clock }: HealthDeps, now: number) => {
  const lag = await measureClockLag({ ...clock, now, mostItems: apiLimits.healthItems });
  return {
    doneUntil: isoOf(lag.doneUntil),
    due: lag.due,
    more: lag.more,
    waitingSince: isoOf(lag.waitingSince),
    lagSeconds:
      lag.waitingSince === undefined ? 0 : Math.max(0, Math.round((now - lag.waitingSince) / 1_000)),
  };
};

/** Counts the rejected events that are open. */
export const readQuarantine = async ({ countOpen }: HealthDeps) => {
  const { byCode, more } = await countOpen(apiLimits.healthItems);
  const open = [...byCode.values()].reduce((sum, count) => sum + count, 0);
  return { open, codes: Object.fromEntries([...byCode].toSorted(([a], [b]) => (a < b ? -1 : 1))), more };
};

const kinds = [
  ['DeadLetters', 'dead-letters'],
  ['Undeliverable', 'undeliverable'],
  ['MissedRuns', 'missed-runs'],
  ['UnreadableEvents', 'unreadable'],
] as const;

/** Returns the part of Sluice that a queue belongs to, and what is in it. */
const describeQueue = (queue: string) => {
  const [ending, kind] = kinds.find(([end]) => queue.endsWith(end)) ?? ['', 'dead-letters'];
  return { queue, of: queue.slice(0, queue.length - ending.length) || 'Bus', kind };
};

/** Counts the messages of a queue; null if SQS doesn't say how many there are. */
const countIn = async ({ countMessages }: HealthDeps, name: string): Promise<number | null> => {
  try {
    const { waiting, inFlight } = await countMessages(name);
    return waiting + inFlight;
  } catch (error) {
    logger.warn('queue not counted', errorFields(error));
    return null;
  }
};

/** Counts what was given up, queue by queue. */
export const readDeadLetters = (deps: HealthDeps) =>
  Promise.all(
    Object.entries(deps.listQueues())
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([queue, name]) => ({ ...describeQueue(queue), messages: await countIn(deps, name) })),
  );

/** Reads the last rescoring, without its progress. */
export const readRescoring = async ({ readRescoring: read }: HealthDeps) => {
  const job = await read();
  if (job === undefined) return null;
  const { segments: _, requestedBefore: __, fewest: ___, idlePasses: ____, left: _____, ...shown } = job;
  return shown;
};
