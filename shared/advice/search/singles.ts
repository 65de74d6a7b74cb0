import type { Option } from '../options.ts';
import { compareOutcomes } from '../outcome.ts';
import type { RequiredSet } from '../requirements.ts';
import { type SingleTrial, suggestSingle } from './alternatives.ts';
import { type Baseline, reachesGoal, tryChange } from './baseline.ts';

export interface SinglesFound {
  /** The sets, in the order of the options. */
  readonly sets: readonly RequiredSet[];
  /** The change that raises the lead most, if any does; only for the goal of a tier. */
  readonly best: RequiredSet | undefined;
}

/** Tries every change alone. */
export const trySingles = (baseline: Baseline, options: readonly Option[]): SinglesFound => {
  const { facts, goal, present } = baseline;
  const tried = options.map((option) => ({
    option,
    trials: option.changes.map((change) => ({ change, outcome: tryChange(baseline, facts, change) })),
  }));
  const suggest = (isWanted: (trial: SingleTrial) => boolean): RequiredSet[] =>
    tried.flatMap(({ option, trials }) => suggestSingle(option, trials.filter(isWanted)));
  const highest = tried
    .flatMap(({ trials }) => trials.map(({ outcome }) => outcome))
    .reduce((best, outcome) => (compareOutcomes(outcome, best) > 0 ? outcome : best), present);
  const [best] =
    goal.kind === 'tier' && highest !== present
      ? suggest(({ outcome }) => compareOutcomes(outcome, highest) === 0)
      : [];
  return { sets: suggest(({ outcome }) => reachesGoal(baseline, outcome)), best };
};
