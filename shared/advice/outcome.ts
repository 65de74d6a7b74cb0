import { type Tier, tiers } from '../../events/index.ts';
import { judge, type LeadState, modelTierOf, type Standing } from '../lead/index.ts';
import { type Facts, instantOf, type ScoringModel } from '../scoring/index.ts';

/** A lead's standing, as it is or as it would be. */
export type Outcome = Pick<
  Standing,
  'stage' | 'status' | 'tier' | 'score' | 'coverage' | 'action' | 'disqualification'
>;

/** Returns the part of a standing that is an outcome. */
export const pickOutcome = ({
  stage,
  status,
  tier,
  score,
  coverage,
  action,
  disqualification,
}: Outcome): Outcome => ({
  stage,
  status,
  tier,
  score,
  coverage,
  action,
  ...(disqualification !== undefined && { disqualification }),
});

/**
 * Judges facts as an event that brought them would be judged.
 *
 * @param before the tier to hold on to
 * @param at the instant as of which they are judged, in milliseconds since 1970
 */
export const computeOutcome = (
  model: ScoringModel,
  facts: Facts,
  before: Tier,
  at: number = instantOf(facts),
): Outcome => {
  return pickOutcome(judge(model, facts, before, at).standing);
};

/** A lead as advice looks at it: its facts, and the tier that its model holds on to. */
export type Advised = Pick<LeadState, 'facts' | 'tier' | 'overridden'>;

/** Returns a lead as the model alone sees it: advice is about what more would be known, whatever a person has set. */
export const withoutOverride = (lead: Advised): { readonly facts: Facts; readonly held: Tier } => {
  const { override: _override, ...facts } = lead.facts;
  return { facts, held: modelTierOf(lead) };
};

export const isDisqualified = ({ status }: Pick<Outcome, 'status'>): boolean => status === 'disqualified';

/** Returns the rank of an outcome: -1 if disqualified, then the tiers from 0. */
export const computeLevel = (outcome: Pick<Outcome, 'status' | 'tier'>): number =>
  isDisqualified(outcome) ? -1 : tiers.indexOf(outcome.tier);

/** Returns a negative number if `a` is worse than `b`. */
export const compareOutcomes = (a: Outcome, b: Outcome): number =>
  computeLevel(a) - computeLevel(b) || a.score - b.score;
