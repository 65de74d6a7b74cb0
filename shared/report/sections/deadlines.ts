import type { Observation } from '../observations.ts';
import { type ByTier, bestFirst, byTier } from '../tiers.ts';

/** The numbers of deadlines that were kept and missed. */
export interface DeadlineCounts {
  readonly kept: number;
  readonly missed: number;
  /** The share that was kept, 0 to 1; null if there were none. */
  readonly keptShare: number | null;
}

interface QueueDeadlines {
  readonly queue: string;
  readonly byTier: ByTier<DeadlineCounts>;
  readonly all: DeadlineCounts;
}

/** The deadlines of hand-offs, by the queue that had the hand-off and its tier when it was requested. */
export interface Deadlines {
  /** In the order of the queues' names. */
  readonly byQueue: readonly QueueDeadlines[];
  readonly all: DeadlineCounts;
}

type Counts = Record<'kept' | 'missed', number>;

const noCounts = (): Counts => ({ kept: 0, missed: 0 });

const complete = ({ kept, missed }: Counts): DeadlineCounts => ({
  kept,
  missed,
  keptShare: kept + missed === 0 ? null : kept / (kept + missed),
});

const sum = (parts: readonly Counts[]): Counts =>
  parts.reduce(
    (all, { kept, missed }) => ({ kept: all.kept + kept, missed: all.missed + missed }),
    noCounts(),
  );

export const tallyDeadlines = () => {
  const queues = new Map<string, Record<keyof ByTier<Counts>, Counts>>();
  return {
    add({ queue, tier, isKept }: Extract<Observation, { kind: 'deadline' }>): void {
      const counts = queues.get(queue) ?? byTier(noCounts);
      queues.set(queue, counts);
      counts[tier][isKept ? 'kept' : 'missed']++;
    },
    result(): Deadlines {
      const byQueue = [...queues]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([queue, counts]) => ({
          queue,
          byTier: byTier((tier) => complete(counts[tier])),
          all: complete(sum(bestFirst.map((tier) => counts[tier]))),
        }));
      return { byQueue, all: complete(sum(byQueue.map(({ all }) => all))) };
    },
  };
};
