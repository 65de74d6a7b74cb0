import { tiers } from '../../events/index.ts';
import type { Counts, DisqualifierCount } from '../../shared/comparison/index.ts';
import { round } from '../../shared/scoring/index.ts';
import type { Comparison } from './comparison.ts';
import { computeWinRates } from './win-rates.ts';
import { sumFlows } from './words/format-flows.ts';

const listCounts = (counts: Counts, name: string) =>
  [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, leads]) => ({ [name]: key, leads }));

const listDisqualifiers = (counts: ReadonlyMap<string, DisqualifierCount>) =>
  [...counts.values()].toSorted((a, b) => (a.disqualifier < b.disqualifier ? -1 : 1));

/** Returns a comparison as an object for `--json`. Of the moves it has the greatest; `movesLeft` says how many more there are. */
export const comparisonRecord = (comparison: Comparison) => {
  const { models, source, at, tally, moves, leftOut } = comparison;
  const { leads, moved, flows, stages, handoffs, nurture, disqualifications, scores, scoreSums } = tally;
  const { up, down } = sumFlows(flows);
  const mean = (sum: number): number => (leads === 0 ? 0 : round(sum / leads));
  return {
    models,
    source,
    at: new Date(at).toISOString(),
    leads,
    moved,
    up,
    down,
    leftOut,
    flows: tiers.flatMap((from) => tiers.map((to) => ({ from, to, leads: flows[from][to] }))),
    stages: listCounts(stages, 'change'),
    handoffs: {
      start: listCounts(handoffs.start, 'queue'),
      stop: listCounts(handoffs.stop, 'queue'),
      deadline: listCounts(handoffs.deadline, 'queue'),
    },
    nurture: {
      start: listCounts(nurture.start, 'track'),
      stop: listCounts(nurture.stop, 'track'),
      change: listCounts(nurture.change, 'change'),
    },
    // A shadow standing has neither disqualifications nor past deals.
    ...(source !== 'shadow' && {
      disqualified: listDisqualifiers(disqualifications.disqualified),
      requalified: listDisqualifiers(disqualifications.requalified),
      disqualifiedOtherwise: disqualifications.otherwise,
      winRates: computeWinRates(tally),
    }),
    scores: {
      binWidth: 100 / scores.a.length,
      ...scores,
      means: { a: mean(scoreSums.a), b: mean(scoreSums.b) },
    },
    moves: moves.map(({ size: _size, ...move }) => move),
    movesLeft: moved - moves.length,
  };
};
