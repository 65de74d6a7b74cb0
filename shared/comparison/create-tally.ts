import type { Disqualification } from '../../events/index.ts';
import type { Standing } from '../lead/index.ts';
import type { End } from './compare-end.ts';
import type { LeadComparison } from './compare-lead.ts';
import type { Pair } from './pair.ts';
import { byTier, type ComparisonTally, type DisqualifierCount, scoreBins } from './tally.ts';

/** Counts leads one after the other. */
interface TallyingComparison {
  readonly add: (comparison: LeadComparison) => void;
  readonly addEnd: (end: End) => void;
  /** Returns the figures of all that was added. */
  readonly result: () => ComparisonTally;
}

const increment = (counts: Map<string, number>, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

const createActionTally = () => {
  const handoffs = {
    start: new Map<string, number>(),
    stop: new Map<string, number>(),
    deadline: new Map<string, number>(),
  };
  const nurture = {
    start: new Map<string, number>(),
    stop: new Map<string, number>(),
    change: new Map<string, number>(),
  };
  const addHandoff = ({ action: a }: Standing, { action: b }: Standing): void => {
    const [from, to] = [a.kind === 'handoff' ? a : undefined, b.kind === 'handoff' ? b : undefined];
    if (from?.queue === to?.queue) {
      if (to !== undefined && from?.dueHours !== to.dueHours) increment(handoffs.deadline, to.queue);
      return;
    }
    if (from !== undefined) increment(handoffs.stop, from.queue);
    if (to !== undefined) increment(handoffs.start, to.queue);
  };
  const addNurture = ({ action: a }: Standing, { action: b }: Standing): void => {
    const [from, to] = [
      a.kind === 'nurture' ? a.track : undefined,
      b.kind === 'nurture' ? b.track : undefined,
    ];
    if (from === to) return;
    if (from !== undefined && to !== undefined) increment(nurture.change, `${from} → ${to}`);
    else if (to !== undefined) increment(nurture.start, to);
    else if (from !== undefined) increment(nurture.stop, from);
  };
  return {
    add({ a, b }: Pair<Standing>): void {
      addHandoff(a, b);
      addNurture(a, b);
    },
    result: () => ({ handoffs, nurture }),
  };
};

const createDisqualificationTally = () => {
  const disqualified = new Map<string, DisqualifierCount>();
  const requalified = new Map<string, DisqualifierCount>();
  let otherwise = 0;
  const count = (counts: Map<string, DisqualifierCount>, by: Disqualification): void => {
    const leads = (counts.get(by.disqualifier)?.leads ?? 0) + 1;
    counts.set(by.disqualifier, { ...by, leads });
  };
  return {
    add({ a: { disqualification: a }, b: { disqualification: b } }: Pair<Standing>): void {
      if (a?.disqualifier === b?.disqualifier) return;
      if (a !== undefined && b !== undefined) otherwise++;
      else if (b !== undefined) count(disqualified, b);
      else if (a !== undefined) count(requalified, a);
    },
    result: () => ({ disqualified, requalified, otherwise }),
  };
};

const createScoreTally = () => {
  const createBins = () => new Array<number>(scoreBins).fill(0);
  const scores = { a: createBins(), b: createBins() };
  const scoreSums = { a: 0, b: 0 };
  const width = 100 / scoreBins;
  const addSide = (side: keyof Pair<unknown>, score: number): void => {
    const bin = Math.min(scoreBins - 1, Math.floor(score / width));
    scores[side][bin] = (scores[side][bin] ?? 0) + 1;
    scoreSums[side] += score;
  };
  return {
    add({ a, b }: Pair<Standing>): void {
      addSide('a', a.score);
      addSide('b', b.score);
    },
    result: () => ({ scores, scoreSums }),
  };
};

const createWinTally = () => {
  const noWins = () => ({ won: 0, lost: 0 });
  const wins = { a: byTier(noWins), b: byTier(noWins) };
  const endedUnknown = noWins();
  return {
    add({ outcome, tiers }: End): void {
      if (tiers === undefined) {
        endedUnknown[outcome]++;
        return;
      }
      wins.a[tiers.a][outcome]++;
      wins.b[tiers.b][outcome]++;
    },
    result: () => ({ wins, endedUnknown }),
  };
};

/** Creates a tally. It takes no more memory for more leads. */
export const createTally = (): TallyingComparison => {
  let leads = 0;
  let moved = 0;
  const flows = byTier(() => byTier(() => 0));
  const stages = new Map<string, number>();
  const parts = [createActionTally(), createDisqualificationTally(), createScoreTally()] as const;
  const ends = createWinTally();
  return {
    add({ standings, moved: movedBy }) {
      const { a, b } = standings;
      leads++;
      if (movedBy.length > 0) moved++;
      flows[a.tier][b.tier]++;
      if (a.stage !== b.stage) increment(stages, `${a.stage} → ${b.stage}`);
      for (const part of parts) part.add(standings);
    },
    addEnd: ends.add,
    result() {
      const [actions, disqualifications, scores] = parts;
      return {
        leads,
        moved,
        flows,
        stages,
        ...actions.result(),
        disqualifications: disqualifications.result(),
        ...scores.result(),
        ...ends.result(),
      };
    },
  };
};
