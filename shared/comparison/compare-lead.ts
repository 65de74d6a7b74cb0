import type { Tier } from '../../events/index.ts';
import { sameAction } from '../funnel/index.ts';
import { judge, type Standing } from '../lead/index.ts';
import { type Facts, instantOf, type ScoringModel } from '../scoring/index.ts';
import { mapPair, type Pair } from './pair.ts';

/** The parts of a standing in which two models can differ so that a lead moves. */
const movedParts = ['tier', 'stage', 'action', 'disqualification'] as const;
export type MovedPart = (typeof movedParts)[number];

/** A lead as it stands by each of two models. */
export interface LeadComparison {
  readonly standings: Pair<Standing>;
  /** The parts that differ; none if the lead doesn't move. A score alone moves no lead. */
  readonly moved: readonly MovedPart[];
}

const differs = (part: MovedPart, a: Standing, b: Standing): boolean => {
  switch (part) {
    case 'tier':
    case 'stage':
      return a[part] !== b[part];
    case 'action':
      return !sameAction(a.action, b.action);
    case 'disqualification':
      return a.disqualification?.disqualifier !== b.disqualification?.disqualifier;
    default:
      return part satisfies never;
  }
};

/** Finds in which parts the standings of a lead by two models differ. */
export const compareStandings = (standings: Pair<Standing>): LeadComparison => ({
  standings,
  moved: movedParts.filter((part) => differs(part, standings.a, standings.b)),
});

/**
 * Returns facts without what people have set by hand: a comparison is about models, and an override would hide what they
 * make of the lead.
 */
export const withoutOverride = ({ override: _override, ...facts }: Facts): Facts => facts;

/**
 * Judges the facts of a lead by two models, without what people have set by hand. Both find the same facts, the same instant and the same tier before, so that
 * every difference comes from the models; a model differs from itself in nothing.
 *
 * @param previousTier the tier before, which the hysteresis of both preserves
 * @param at the instant as of which both judge, in milliseconds since 1970; that of the facts if it is earlier
 */
export const compareLead = (
  models: Pair<ScoringModel>,
  facts: Facts,
  previousTier: Tier,
  at: number,
): LeadComparison => {
  const instant = Math.max(at, instantOf(facts));
  const known = withoutOverride(facts);
  return compareStandings(mapPair(models, (model) => judge(model, known, previousTier, instant).standing));
};
