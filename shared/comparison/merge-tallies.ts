import type { Pair } from './pair.ts';
import {
  type ByTier,
  byTier,
  type ComparisonTally,
  type Counts,
  type DisqualifierCount,
  type WinCounts,
} from './tally.ts';

const addCounts = (one: Counts, other: Counts): Counts => {
  const sum = new Map(one);
  for (const [name, count] of other) sum.set(name, (sum.get(name) ?? 0) + count);
  return sum;
};

const addDisqualifiers = (
  one: ReadonlyMap<string, DisqualifierCount>,
  other: ReadonlyMap<string, DisqualifierCount>,
): ReadonlyMap<string, DisqualifierCount> => {
  const sum = new Map(one);
  for (const [id, count] of other) sum.set(id, { ...count, leads: (sum.get(id)?.leads ?? 0) + count.leads });
  return sum;
};

const addWins = (one: WinCounts, other: WinCounts): WinCounts => ({
  won: one.won + other.won,
  lost: one.lost + other.lost,
});

const addPairs = <T>(one: Pair<T>, other: Pair<T>, add: (one: T, other: T) => T): Pair<T> => ({
  a: add(one.a, other.a),
  b: add(one.b, other.b),
});

const addByTier = <T>(one: ByTier<T>, other: ByTier<T>, add: (one: T, other: T) => T): ByTier<T> =>
  byTier((tier) => add(one[tier], other[tier]));

const addNumbers = (one: number, other: number): number => one + other;

/** Adds the figures of two disjoint sets of leads. */
export const mergeTallies = (one: ComparisonTally, other: ComparisonTally): ComparisonTally => ({
  leads: one.leads + other.leads,
  moved: one.moved + other.moved,
  flows: addByTier(one.flows, other.flows, (from, more) => addByTier(from, more, addNumbers)),
  stages: addCounts(one.stages, other.stages),
  handoffs: {
    start: addCounts(one.handoffs.start, other.handoffs.start),
    stop: addCounts(one.handoffs.stop, other.handoffs.stop),
    deadline: addCounts(one.handoffs.deadline, other.handoffs.deadline),
  },
  nurture: {
    start: addCounts(one.nurture.start, other.nurture.start),
    stop: addCounts(one.nurture.stop, other.nurture.stop),
    change: addCounts(one.nurture.change, other.nurture.change),
  },
  disqualifications: {
    disqualified: addDisqualifiers(one.disqualifications.disqualified, other.disqualifications.disqualified),
    requalified: addDisqualifiers(one.disqualifications.requalified, other.disqualifications.requalified),
    otherwise: one.disqualifications.otherwise + other.disqualifications.otherwise,
  },
  scores: addPairs(one.scores, other.scores, (bins, more) => bins.map((count, i) => count + (more[i] ?? 0))),
  scoreSums: addPairs(one.scoreSums, other.scoreSums, addNumbers),
  wins: addPairs(one.wins, other.wins, (wins, more) => addByTier(wins, more, addWins)),
  endedUnknown: addWins(one.endedUnknown, other.endedUnknown),
});
