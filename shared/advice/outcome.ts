import { type Tier, tiers } from '../../events/index.ts';
import { judge, type Standing } from '../lead/index.ts';
import type { Facts, ScoringModel } from '../scoring/index.ts';

/** How a lead stands, or would stand. */
export type Outcome = Pick<
  Standing,
  'stage' | 'status' | 'tier' | 'score' | 'coverage' | 'action' | 'disqualification'
>;

/** What facts come to, judged as an event that brought them would be. `before` is the tier to hold on to. */
export const outcomeOf = (model: ScoringModel, facts: Facts, before: Tier): Outcome => {
  const { stage, status, tier, score, coverage, action, disqualification } = judge(
    model,
    facts,
    before,
  ).standing;
  return {
    stage,
    status,
    tier,
    score,
    coverage,
    action,
    ...(disqualification !== undefined && { disqualification }),
  };
};

export const isDisqualified = ({ status }: Pick<Outcome, 'status'>): boolean => status === 'disqualified';

/** Outcomes from the worst to the best: disqualified, then the tiers. */
export const levelOf = (outcome: Pick<Outcome, 'status' | 'tier'>): number =>
  isDisqualified(outcome) ? -1 : tiers.indexOf(outcome.tier);

/** Negative where `a` is the worse one. */
export const compareOutcomes = (a: Outcome, b: Outcome): number =>
  levelOf(a) - levelOf(b) || a.score - b.score;
