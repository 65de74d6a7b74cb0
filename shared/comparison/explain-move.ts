import { type Stage, type Tier, tiers } from '../../events/index.ts';
import { computeTier } from '../funnel/index.ts';
import type { Standing } from '../lead/index.ts';
import { evaluate, type Facts, instantOf, type ModelDocument, type ScoringModel } from '../scoring/index.ts';
import type { LeadComparison } from './compare-lead.ts';
import { mapPair, type Pair } from './pair.ts';
import { type ScorePart, splitScoreDifference } from './score-difference.ts';

/** A reason for which a lead stands elsewhere by model B than by model A. */
export type MoveReason =
  /** Only one model disqualifies the lead, or both do for different reasons. */
  | { readonly kind: 'disqualifier'; readonly texts: Partial<Pair<string>> }
  | { readonly kind: 'stage'; readonly stages: Pair<Stage> }
  | { readonly kind: 'threshold'; readonly tier: Tier; readonly thresholds: Pair<number> }
  /** A tier is lost only so many points below its threshold. */
  | { readonly kind: 'hysteresis'; readonly points: Pair<number> }
  /** One model holds the lead back from sales, since too little is known of it. */
  | { readonly kind: 'held-back'; readonly by: keyof Pair<unknown> }
  /** The policies ask for different actions although the lead stands alike. */
  | { readonly kind: 'policy' }
  | ScorePart;

type Bounds = ModelDocument['tiers'];

/** Returns the thresholds between two tiers by which the model B has the lead higher, or lower if it falls. */
const listCrossed = (bounds: Pair<Bounds>, ranks: Pair<number>): MoveReason[] =>
  tiers.flatMap((tier, rank): MoveReason[] => {
    if (tier === 'none' || rank <= Math.min(ranks.a, ranks.b) || rank > Math.max(ranks.a, ranks.b)) return [];
    const thresholds = { a: bounds.a[tier], b: bounds.b[tier] };
    const isCause = ranks.b > ranks.a ? thresholds.b < thresholds.a : thresholds.b > thresholds.a;
    return isCause ? [{ kind: 'threshold', tier, thresholds }] : [];
  });

/** Returns the thresholds that move the lead: with those of the other model, one of the two would give another tier. */
const listThresholds = (bounds: Pair<Bounds>, { a, b }: Pair<Standing>, previousTier: Tier): MoveReason[] => {
  const matters =
    computeTier(bounds.b, a.score, previousTier) !== a.tier ||
    computeTier(bounds.a, b.score, previousTier) !== b.tier;
  if (!matters) return [];
  const points = mapPair(bounds, ({ hysteresis }) => hysteresis);
  const ranks = { a: tiers.indexOf(a.tier), b: tiers.indexOf(b.tier) };
  // A greater hysteresis preserves a tier, a smaller one gives it up.
  const isCause = ranks.b > ranks.a ? points.b > points.a : points.b < points.a;
  return [...listCrossed(bounds, ranks), ...(isCause ? [{ kind: 'hysteresis' as const, points }] : [])];
};

const explainAction = ({ a, b }: Pair<Standing>): MoveReason[] => {
  if (a.heldBack === b.heldBack) return [{ kind: 'policy' }];
  return [{ kind: 'held-back', by: b.heldBack ? 'b' : 'a' }];
};

const explainTier = (
  models: Pair<ScoringModel>,
  facts: Facts,
  { standings }: LeadComparison,
  { previousTier, at }: Judged,
): MoveReason[] => {
  const evaluated = (side: 'a' | 'b') => {
    const { stage } = standings[side];
    return { model: models[side], stage, evaluation: evaluate(models[side], facts, stage, at) };
  };
  const bounds = { a: models.a.document.tiers, b: models.b.document.tiers };
  return [
    ...listThresholds(bounds, standings, previousTier),
    ...splitScoreDifference({ a: evaluated('a'), b: evaluated('b') }),
  ];
};

/** The tier before and the instant by which a lead was judged. */
export interface Judged {
  readonly previousTier: Tier;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Explains why a lead moves, the reasons that decide first: a disqualifier, a stage, thresholds, then the parts of the
 * score by how much they weigh. An action that differs though nothing else does comes from the policy.
 */
export const explainMove = (
  models: Pair<ScoringModel>,
  facts: Facts,
  comparison: LeadComparison,
  { previousTier, at }: Judged,
): MoveReason[] => {
  const { standings, moved } = comparison;
  const { a, b } = standings;
  const stage: MoveReason[] = moved.includes('stage')
    ? [{ kind: 'stage', stages: { a: a.stage, b: b.stage } }]
    : [];
  if (moved.includes('disqualification')) {
    const texts = {
      ...(a.disqualification && { a: a.disqualification.text }),
      ...(b.disqualification && { b: b.disqualification.text }),
    };
    return [{ kind: 'disqualifier', texts }, ...stage];
  }
  if (moved.includes('tier')) {
    const instant = Math.max(at, instantOf(facts));
    return [...stage, ...explainTier(models, facts, comparison, { previousTier, at: instant })];
  }
  return moved.includes('action') && !moved.includes('stage') ? explainAction(standings) : stage;
};
