import type { Action, Stage, Status, Tier } from '../../events/index.ts';
import { type ModelDocument, type Reading, type ScoringModel, yes } from '../scoring/index.ts';

/** The situation that the policy decides on: the standing of a lead, and a reading of its facts. */
export interface Situation {
  readonly status: Status;
  readonly stage: Stage;
  readonly tier: Tier;
  /** 0 to 1. */
  readonly coverage: number;
  /** The reading that the conditions of rules are evaluated on. */
  readonly reading: Reading;
  /** The nurture track that the disqualifier names, if the lead is disqualified. */
  readonly disqualifiedTrack: string | undefined;
  /** Whether a person holds the lead out of hand-offs. @default false */
  readonly held?: boolean;
}

/** The action that the policy asks for. */
export interface Asked {
  readonly action: Action;
  /** Whether a hand-off was due, but too little is known of the lead. */
  readonly heldBack: boolean;
}

const none: Action = { kind: 'none' };

const nurtureOrNone = (track: string | undefined): Action =>
  track === undefined ? none : { kind: 'nurture', track };

const byRules = (rules: ScoringModel['policyRules'], { stage, tier, reading }: Situation): Action => {
  const rule = rules.find(
    ({ stages, tiers, when }) =>
      (stages === undefined || stages.includes(stage)) &&
      (tiers === undefined || tiers.includes(tier)) &&
      (when === undefined || when(reading) === yes),
  );
  return rule?.action ?? none;
};

const unlessHeldBack = (
  action: Action,
  holdBack: ModelDocument['policy']['holdBack'],
  coverage: number,
): Asked =>
  action.kind === 'handoff' && holdBack !== undefined && coverage < holdBack.belowCoverage
    ? { action: nurtureOrNone(holdBack.track), heldBack: true }
    : { action, heldBack: false };

const unlessHeld = (asked: Asked, held: boolean | undefined): Asked =>
  held && asked.action.kind === 'handoff' ? { action: none, heldBack: false } : asked;

/**
 * Returns the action that the policy asks for. Disqualified and recycled leads have their own tracks. For all others
 * the first matching rule counts, and a hand-off waits until enough is known and no person holds the lead.
 */
export const chooseAction = ({ document, policyRules }: ScoringModel, situation: Situation): Asked => {
  const { policy } = document;
  switch (situation.status) {
    case 'disqualified':
      return { action: nurtureOrNone(situation.disqualifiedTrack), heldBack: false };
    case 'recycled':
      return { action: nurtureOrNone(policy.recycle.track), heldBack: false };
    case 'active':
      return unlessHeld(
        unlessHeldBack(byRules(policyRules, situation), policy.holdBack, situation.coverage),
        situation.held,
      );
    default:
      return situation.status satisfies never;
  }
};

/** Returns whether two actions ask for the same: the same track, or a hand-off to the same queue in the same time. */
export const sameAction = (a: Action, b: Action): boolean => {
  if (a.kind === 'nurture') return b.kind === 'nurture' && a.track === b.track;
  if (a.kind === 'handoff') return b.kind === 'handoff' && a.queue === b.queue && a.dueHours === b.dueHours;
  return b.kind === 'none';
};
