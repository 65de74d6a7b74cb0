import { whatIf } from '../change.ts';
import type { Option } from '../options.ts';
import { compareOutcomes, type Outcome } from '../outcome.ts';
import type { Reads } from '../reads.ts';
import type { PairsSearched, RequiredSet } from '../requirements.ts';
import { type PairTrial, suggestPairs } from './alternatives.ts';
import { type Baseline, reachesGoal, tryChange } from './baseline.ts';
import { type OptionPair, pairOptions } from './ceilings.ts';

export interface PairsFound {
  /** The sets, in the order of the options. */
  readonly sets: readonly RequiredSet[];
  /** The pair that raises the score most without reaching the goal, if one does more than `least`. */
  readonly best: RequiredSet | undefined;
  readonly searched: PairsSearched;
}

interface Props {
  readonly reads: Reads;
  readonly options: readonly Option[];
  /** The outcome of the best single change, or the present one if none raises it. */
  readonly least: Outcome;
  /** The most pairs to try. */
  readonly most: number;
}

const countTrials = ({ first, second }: OptionPair): number => first.changes.length * second.changes.length;

function* generateTrials(baseline: Baseline, { first: a, second: b }: OptionPair): Generator<PairTrial> {
  for (const first of a.changes) {
    const facts = whatIf(baseline.facts, first, baseline.at);
    for (const second of b.changes) yield { first, second, outcome: tryChange(baseline, facts, second) };
  }
}

/**
 * Tries pairs of changes, those first that could score most. A pair is not tried if its ceiling shows that it neither
 * reaches the goal nor, as long as none does, beats the best so far.
 */
export const tryPairs = (baseline: Baseline, { reads, options, least, most }: Props): PairsFound => {
  const { goal } = baseline;
  const all = pairOptions(baseline, reads, options);
  const reached = new Map<OptionPair, PairTrial[]>();
  let best: { readonly outcome: Outcome; readonly pair?: OptionPair } = { outcome: least };
  let left = most;
  let untried = 0;

  const matters = ({ ceiling }: OptionPair): boolean =>
    goal.kind === 'requalified' ||
    ceiling >= goal.score ||
    (reached.size === 0 && ceiling > best.outcome.score);

  for (const pair of all.toSorted((a, b) => b.ceiling - a.ceiling)) {
    if (!matters(pair)) continue;
    const own: PairTrial[] = [];
    let tried = 0;
    // A trial is judged as it is generated, so nothing is generated if none is left.
    for (const trial of left > 0 ? generateTrials(baseline, pair) : []) {
      tried++;
      if (reachesGoal(baseline, trial.outcome)) own.push(trial);
      else if (compareOutcomes(trial.outcome, best.outcome) > 0) best = { outcome: trial.outcome, pair };
      if (tried === left) break;
    }
    left -= tried;
    untried += countTrials(pair) - tried;
    if (own.length > 0) reached.set(pair, own);
  }

  const alike = ({ outcome }: PairTrial): boolean => compareOutcomes(outcome, best.outcome) === 0;
  const sets = all.flatMap((pair) => suggestPairs(pair, reached.get(pair) ?? []));
  const [nearest] =
    goal.kind === 'tier' && best.pair !== undefined
      ? suggestPairs(best.pair, [...generateTrials(baseline, best.pair)].filter(alike))
      : [];
  return {
    sets,
    best: nearest,
    searched: { of: all.reduce((sum, pair) => sum + countTrials(pair), 0), untried },
  };
};
