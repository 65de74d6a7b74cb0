import type { Tier } from '../../../events/index.ts';
import { isMine } from '../../parts/handoff/may-answer.ts';
import type { Person } from '../../session/person.ts';
import type { ListedHandoff } from './handoff.ts';

const tiers: readonly Tier[] = ['excellent', 'good', 'risky', 'none'];

/** The states that can be chosen, in the order in which they are offered. */
export const states = [
  'open',
  'waiting',
  'accepted',
  'rejected',
  'expired',
  'withdrawn',
  'answered-elsewhere',
] as const satisfies readonly ListedHandoff['state'][];

/** The filters of the page Today, as its address has them. */
export interface TodayFilters {
  readonly queue: string | undefined;
  readonly tier: Tier | undefined;
  readonly state: ListedHandoff['state'];
  readonly whose: 'mine' | 'all';
  readonly lateOnly: boolean;
}

/** Returns whose hand-offs a person sees first: sellers with queues see theirs. */
export const usualWhose = (person: Person | undefined): TodayFilters['whose'] =>
  person?.role === 'seller' && person.queues.length > 0 ? 'mine' : 'all';

/** Reads the filters of an address. A value that isn't one counts as none. */
export const readFilters = (query: URLSearchParams, person: Person | undefined): TodayFilters => {
  const whose = query.get('whose');
  return {
    queue: query.get('queue') || undefined,
    tier: tiers.find((tier) => tier === query.get('tier')),
    state: states.find((state) => state === query.get('state')) ?? 'open',
    whose: whose === 'mine' || whose === 'all' ? whose : usualWhose(person),
    lateOnly: query.get('late') === 'yes',
  };
};

/** Returns the hand-offs that match filters. */
export const filterHandoffs = (
  handoffs: readonly ListedHandoff[],
  { queue, tier, whose, lateOnly }: TodayFilters,
  person: Person | undefined,
): readonly ListedHandoff[] =>
  handoffs.filter(
    (each) =>
      (queue === undefined || each.queue === queue) &&
      (tier === undefined || each.tier === tier) &&
      (whose === 'all' || isMine(each, person)) &&
      (!lateOnly || each.late),
  );
