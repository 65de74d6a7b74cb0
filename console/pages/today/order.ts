import type { Tier } from '../../../events/index.ts';
import { endOfDay } from '../../parts/time-zone.ts';
import type { ListedHandoff } from './handoff.ts';

const ranks: ReadonlyMap<Tier, number> = new Map<Tier, number>([
  ['excellent', 0],
  ['good', 1],
  ['risky', 2],
  ['none', 3],
]);

const rankOf = ({ tier }: ListedHandoff): number => ranks.get(tier ?? 'none') ?? ranks.size;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The due time to the minute, so that of two that are due in the same minute the better one comes first. */
const minuteOf = ({ dueAt, waitsUntil }: ListedHandoff): string => (dueAt ?? waitsUntil ?? '~').slice(0, 16);

const isOpen = ({ state }: ListedHandoff): boolean => state === 'open' || state === 'waiting';

const endOf = (of: ListedHandoff): string =>
  of.answeredAt ?? of.withdrawnAt ?? of.expiredAt ?? of.requestedAt;

/**
 * Orders hand-offs: of open ones the late ones come first, then those that are due first, then the better tiers; of
 * others the latest come first.
 */
export const byDueTimeAndTier = (a: ListedHandoff, b: ListedHandoff): number =>
  Number(isOpen(b)) - Number(isOpen(a)) ||
  (isOpen(a)
    ? Number(b.late) - Number(a.late) ||
      compare(minuteOf(a), minuteOf(b)) ||
      rankOf(a) - rankOf(b) ||
      (b.score ?? 0) - (a.score ?? 0)
    : compare(endOf(b), endOf(a))) ||
  compare(a.id, b.id);

/** The state of the queues at a glance. */
export interface Glance {
  readonly open: number;
  readonly late: number;
  /** Those that are due until the end of the day, in the zone of the times that are shown, and aren't late. */
  readonly dueToday: number;
  /** The open ones by queue, the longest queue first. */
  readonly queues: readonly (readonly [string, number])[];
}

/** Counts open hand-offs. @param now in milliseconds since 1970 */
export const countAtAGlance = (handoffs: readonly ListedHandoff[], now: number): Glance => {
  const end = endOfDay(now);
  const queues = Map.groupBy(handoffs, ({ queue }) => queue);
  return {
    open: handoffs.length,
    late: handoffs.filter(({ late }) => late).length,
    dueToday: handoffs.filter(({ late, dueAt }) => !late && dueAt !== undefined && Date.parse(dueAt) < end)
      .length,
    queues: [...queues]
      .map(([queue, each]) => [queue, each.length] as const)
      .sort(([a, x], [b, y]) => y - x || compare(a, b)),
  };
};
