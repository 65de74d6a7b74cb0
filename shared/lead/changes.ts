import {
  type Announcement,
  type ClockTrigger,
  deadlineEffects,
  type OutboundType,
  type SharedField,
  type Stage,
  type Tier,
} from '../../events/index.ts';
import { classifyTransition, computeDirection, sameAction } from '../funnel/index.ts';
import { collectReasons, type Facts, instantOf, noFacts, read, type ScoringModel } from '../scoring/index.ts';
import { isScoreNews } from './announced-score.ts';
import type { Judgement } from './judge.ts';
import type { JudgedEvent } from './lead-event.ts';
import type { LeadState, Standing } from './state.ts';

/** The fields that a change adds to those that all changes share, as the contract of its announcement defines them. */
type ChangeOf<Type extends OutboundType> = Omit<Announcement<Type>, SharedField>;

export type TierChange = ChangeOf<'LeadTierChanged'>;
export type ScoreChange = ChangeOf<'LeadScored'>;
type DeadlineMove = ChangeOf<'HandoffDeadlineMoved'>;
type StageChange = ChangeOf<'LeadStageTransitioned'>;

/** A change of a lead that an event has caused. */
export type Change =
  | TierChange
  | StageChange
  | ChangeOf<'LeadDisqualified'>
  | ChangeOf<'LeadRequalified'>
  | ScoreChange
  | DeadlineMove;

/** A change that closes a lead. */
export type Closing = ChangeOf<'LeadRedirected'> | ChangeOf<'LeadErased'>;

/** The most reasons of a change. More would make its ledger entry cost another write unit. */
const mostReasons = 3;

/** The cause of a change: the type of its event, and what caused it if no event of the moment did. */
export interface Cause {
  readonly type: JudgedEvent['type'];
  readonly trigger?: ClockTrigger;
  /** The activity, if it is one. */
  readonly activity?: string;
  /** True if the changes aren't announced. */
  readonly silent?: true;
  /** True if nobody reads why a score changed: the changes then have no reasons. */
  readonly withoutReasons?: true;
}

const triggerField = ({ trigger }: Cause) => (trigger === undefined ? {} : { trigger });

/** Returns the reasons that weighed most in a lead's score at its instant. */
const collectMostReasons = (
  model: ScoringModel,
  facts: Facts,
  stage: Stage,
  { withoutReasons }: Cause,
): TierChange['reasons'] =>
  withoutReasons
    ? []
    : collectReasons(model, read(model, facts, instantOf(facts)), stage).slice(0, mostReasons);

const tierChange = (
  model: ScoringModel,
  facts: Facts,
  from: Tier,
  { stage, tier: to }: Standing,
  cause: Cause,
): TierChange => ({
  type: 'LeadTierChanged',
  from,
  to,
  direction: computeDirection(from, to),
  reasons: collectMostReasons(model, facts, stage, cause),
  ...triggerField(cause),
});

const stageChange = (from: Stage | undefined, { placement }: Judgement, { trigger }: Cause): StageChange => ({
  type: 'LeadStageTransitioned',
  from: from ?? null,
  to: placement.stage,
  kind: classifyTransition(from, placement.stage),
  ...(trigger === undefined
    ? {
        trigger: placement.trigger,
        ...(placement.actor !== undefined && { actor: placement.actor }),
        ...(placement.reason !== undefined && { reason: placement.reason }),
      }
    : { trigger }),
});

const qualificationChange = (before: Standing | undefined, after: Standing, cause: Cause): Change[] => {
  const was = before?.disqualification;
  const is = after.disqualification;
  if (is !== undefined) {
    return was?.disqualifier === is.disqualifier
      ? []
      : [{ type: 'LeadDisqualified', because: is, ...triggerField(cause) }];
  }
  if (was === undefined) return [];
  const byFacts = cause.trigger === 'time' ? 'time' : 'facts';
  return [
    {
      type: 'LeadRequalified',
      was,
      cause: before?.modelVersion === after.modelVersion ? byFacts : 'model',
      ...triggerField(cause),
    },
  ];
};

/** Returns the ids of the hand-offs that ended without an acceptance: rejected, or not answered in time. */
const listRejected = ({ verdicts = {} }: Facts): string[] =>
  Object.entries(verdicts).flatMap(([id, [{ verdict }]]) => (verdict === 'accepted' ? [] : [id]));

/**
 * Returns whether facts have a rejection that they didn't have before. A verdict that is sent again isn't one, even if
 * it now counts at an earlier instant.
 */
const isRejectionNew = (before: Facts, after: Facts): boolean => {
  if (before.rejected !== after.rejected) return true;
  const known = new Set(listRejected(before));
  return listRejected(after).some((id) => !known.has(id));
};

/**
 * Returns whether there is something to do. This is also so if the action remains a hand-off, but a late rejection has
 * arrived after events that had moved the lead on: that hand-off is answered, and the policy now asks for another one.
 * A customer stays where it is after a rejection, so it would be offered again and again.
 */
const hasActionChanged = (
  before: LeadState | undefined,
  after: Standing,
  facts: Facts,
  cause: JudgedEvent['type'],
): boolean => {
  const action = before?.action ?? { kind: 'none' };
  // A merge may add a rejection of the other lead's hand-off, which doesn't answer this lead's.
  const isAnswered =
    (cause === 'HandoffRejected' || cause === 'HandoffExpired') &&
    after.action.kind === 'handoff' &&
    after.stage !== 'customer' &&
    isRejectionNew(before?.facts ?? noFacts, facts);
  return !sameAction(action, after.action) || isAnswered;
};

/**
 * Returns whether sales gave the lead back, or the lead came back from there. Other changes announce a
 * disqualification.
 */
const isRecycling = (before: Standing, after: Standing): boolean =>
  before.status !== 'disqualified' &&
  after.status !== 'disqualified' &&
  (before.status === 'recycled') !== (after.status === 'recycled');

/**
 * Returns the change of the deadline of a hand-off: an activity that the policy names pauses, resumes or resets it, as
 * long as the policy asks for a hand-off before and after it.
 */
const findDeadlineMove = (
  { document }: ScoringModel,
  before: LeadState | undefined,
  after: Standing,
  { activity }: Cause,
): DeadlineMove[] => {
  const { deadlines } = document.policy;
  if (deadlines === undefined || activity === undefined) return [];
  if (before?.action.kind !== 'handoff' || after.action.kind !== 'handoff') return [];
  const lists = { paused: deadlines.pausedBy, resumed: deadlines.resumedBy, reset: deadlines.resetBy };
  const effect = deadlineEffects.find((one) => lists[one]?.includes(activity));
  return effect === undefined ? [] : [{ type: 'HandoffDeadlineMoved', effect, activity }];
};

/**
 * Finds the change of a score that has moved as far from the announced one as the policy asks for. It is looked for only
 * if nothing else of the standing is announced: every such announcement has the score.
 */
const findScoreChange = (
  model: ScoringModel,
  facts: Facts,
  before: LeadState | undefined,
  { stage, score }: Standing,
  cause: Cause,
): ScoreChange[] => {
  if (before === undefined || cause.silent || !isScoreNews(model, before, score)) return [];
  const from = before.announcedScore ?? before.score;
  return [
    {
      type: 'LeadScored',
      from,
      reasons: collectMostReasons(model, facts, stage, cause),
      ...triggerField(cause),
    },
  ];
};

export interface Changed {
  readonly changes: readonly Change[];
  readonly actionChanged: boolean;
}

/**
 * Returns the one change that announces how a lead stands after history was loaded. Every announcement has the whole
 * standing, so that the one which most consumers follow is enough.
 */
const pickOne = (changes: readonly Change[]): Change[] => {
  const order = ['LeadTierChanged', 'LeadDisqualified', 'LeadRequalified', 'LeadStageTransitioned'];
  return changes.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type)).slice(0, 1);
};

/** Finds the changes from one state to the next standing. Each is announced. */
export const changesBetween = (
  model: ScoringModel,
  facts: Facts,
  before: LeadState | undefined,
  judgement: Judgement,
  cause: Cause,
): Changed => {
  const after = judgement.standing;
  const fromTier = before?.tier ?? 'none';
  const actionChanged = hasActionChanged(before, after, facts, cause.type);
  const announced: Change[] = [
    ...(fromTier === after.tier ? [] : [tierChange(model, facts, fromTier, after, cause)]),
    ...qualificationChange(before, after, cause),
  ];
  const moved = before?.stage !== after.stage || isRecycling(before, after);
  // The action may change although stage and tier stay, for example by a model's new policy: that is announced too.
  const onlyActionChanged = announced.length === 0 && actionChanged;
  const ofStanding =
    moved || onlyActionChanged ? [stageChange(before?.stage, judgement, cause), ...announced] : announced;
  const changes = ofStanding.length > 0 ? ofStanding : findScoreChange(model, facts, before, after, cause);
  if (cause.trigger === 'backfill') return { changes: pickOne(changes), actionChanged };
  return { changes: [...changes, ...findDeadlineMove(model, before, after, cause)], actionChanged };
};
