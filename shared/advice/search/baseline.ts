import { tiers } from '../../../events/index.ts';
import type { Facts, ScoringModel } from '../../scoring/index.ts';
import { type Change, whatIf } from '../change.ts';
import { computeLevel, computeOutcome, isDisqualified, type Outcome } from '../outcome.ts';
import type { Goal } from '../requirements.ts';

/** A lead as it is before anything changes, and the goal for which changes are tried. */
export interface Baseline {
  readonly model: ScoringModel;
  readonly facts: Facts;
  /** The instant of every change: just after all that is known. */
  readonly at: string;
  readonly present: Outcome;
  readonly goal: Goal;
}

/** Judges the lead after one more change. `facts` are the baseline's, or those after another change. */
export const tryChange = ({ model, at, present }: Baseline, facts: Facts, change: Change): Outcome =>
  computeOutcome(model, whatIf(facts, change, at), present.tier);

export const reachesGoal = ({ goal }: Baseline, outcome: Outcome): boolean =>
  goal.kind === 'tier' ? computeLevel(outcome) >= tiers.indexOf(goal.tier) : !isDisqualified(outcome);
