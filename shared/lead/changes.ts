import type { ScoreReason, Stage, Tier } from '../../events/index.ts';
import {
  directionOf,
  kindOfTransition,
  sameAction,
  type TransitionKind,
  type Trigger,
} from '../funnel/index.ts';
import { type Facts, read, reasonsOf, type ScoringModel } from '../scoring/index.ts';
import type { Judgement } from './judge.ts';
import type { Disqualification, Standing } from './state.ts';

export interface TierChange {
  readonly type: 'LeadTierChanged';
  readonly from: Tier;
  readonly to: Tier;
  readonly direction: 'up' | 'down';
  readonly reasons: readonly ScoreReason[];
}

export interface StageChange {
  readonly type: 'LeadStageTransitioned';
  readonly from: Stage | null;
  readonly to: Stage;
  readonly kind: TransitionKind;
  readonly trigger: Trigger;
  readonly actor?: string;
  readonly reason?: string;
}

export type Change =
  | TierChange
  | StageChange
  | { readonly type: 'LeadDisqualified'; readonly because: Disqualification }
  | { readonly type: 'LeadRequalified'; readonly was: Disqualification; readonly cause: 'facts' | 'model' };

/** Reasons that a tier change carries; more would make its ledger entry cost another write unit. */
const mostReasons = 3;

const tierChange = (
  model: ScoringModel,
  facts: Facts,
  from: Tier,
  { stage, tier: to }: Standing,
): TierChange => ({
  type: 'LeadTierChanged',
  from,
  to,
  direction: directionOf(from, to),
  reasons: reasonsOf(model, read(model, facts, facts.seen), stage).slice(0, mostReasons),
});

const stageChange = (from: Stage | undefined, { placement }: Judgement): StageChange => ({
  type: 'LeadStageTransitioned',
  from: from ?? null,
  to: placement.stage,
  kind: kindOfTransition(from, placement.stage),
  trigger: placement.trigger,
  ...(placement.actor !== undefined && { actor: placement.actor }),
  ...(placement.reason !== undefined && { reason: placement.reason }),
});

const qualificationChange = (before: Standing | undefined, after: Standing): Change[] => {
  const was = before?.disqualification;
  const is = after.disqualification;
  if (is !== undefined) {
    return was?.disqualifier === is.disqualifier ? [] : [{ type: 'LeadDisqualified', because: is }];
  }
  if (was === undefined) return [];
  return [
    { type: 'LeadRequalified', was, cause: before?.modelVersion === after.modelVersion ? 'facts' : 'model' },
  ];
};

export const hasActionChanged = (before: Standing | undefined, after: Standing): boolean =>
  !sameAction(before?.action ?? { kind: 'none' }, after.action);

/** What has changed from one standing to the next, to be announced. An event that changes nothing gives none. */
export const changesBetween = (
  model: ScoringModel,
  facts: Facts,
  before: Standing | undefined,
  judgement: Judgement,
): Change[] => {
  const after = judgement.standing;
  const fromTier = before?.tier ?? 'none';
  const announced: Change[] = [
    ...(fromTier === after.tier ? [] : [tierChange(model, facts, fromTier, after)]),
    ...qualificationChange(before, after),
  ];
  const moved =
    before?.stage !== after.stage || (before.status === 'recycled') !== (after.status === 'recycled');
  // A model's new policy may ask for something else though stage and tier stay; somebody has to hear of it.
  const unheard = announced.length === 0 && hasActionChanged(before, after);
  return moved || unheard ? [stageChange(before?.stage, judgement), ...announced] : announced;
};
