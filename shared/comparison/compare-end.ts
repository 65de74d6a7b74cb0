import type { Tier } from '../../events/index.ts';
import { judge } from '../lead/index.ts';
import type { Facts, ScoringModel } from '../scoring/index.ts';
import { withoutOverride } from './compare-lead.ts';
import { mapPair, type Pair } from './pair.ts';

/** The first end of a lead: a deal that was won or lost. */
export interface LeadEnd {
  readonly outcome: 'won' | 'lost';
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The facts from what had happened before; undefined if nothing had. */
  readonly facts: Facts | undefined;
}

/** The end of a lead, with the tier that each model gave just before; undefined if nothing was known then. */
export interface End {
  readonly outcome: 'won' | 'lost';
  readonly tiers: Pair<Tier> | undefined;
}

/**
 * Judges a lead by two models as of the moment just before its end, by what was known then: what is known afterwards,
 * such as that it became a customer, would let the outcome decide its own tier. Both judge from no tier before.
 */
export const compareEnd = (models: Pair<ScoringModel>, { outcome, at, facts }: LeadEnd): End => ({
  outcome,
  tiers:
    facts === undefined
      ? undefined
      : mapPair(models, (model) => judge(model, withoutOverride(facts), 'none', at - 1).standing.tier),
});
