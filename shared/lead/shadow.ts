import type { Tier } from '../../events/index.ts';
import type { ScoringModel } from '../scoring/index.ts';
import { judge } from './judge.ts';
import { type LeadState, modelTierOf, type Shadowed, type ShadowStanding } from './state.ts';

/** Returns the tier from which the shadow's hysteresis goes on: its own one, or that of the active model at first. */
const findTierBefore = (shadow: ScoringModel, before: (LeadState & Shadowed) | undefined): Tier => {
  if (before === undefined) return 'none';
  return before.shadow?.model === shadow.version ? before.shadow.tier : modelTierOf(before);
};

/**
 * Judges a lead by the shadow model, as of the lead's own instant.
 *
 * @param before the lead before the commit; undefined for a lead without a ledger
 */
export const judgeByShadow = (
  shadow: ScoringModel,
  before: (LeadState & Shadowed) | undefined,
  { facts }: LeadState,
): ShadowStanding => {
  const { standing } = judge(shadow, facts, findTierBefore(shadow, before));
  const { stage, score, action } = standing;
  return { model: shadow.version, stage, tier: modelTierOf(standing), score, action };
};
