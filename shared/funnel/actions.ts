import type { Action, Stage, Tier } from '../../events/index.ts';
import type { ModelDocument } from '../scoring/index.ts';

export type Status = 'active' | 'recycled' | 'disqualified';

export interface Situation {
  readonly status: Status;
  readonly stage: Stage;
  readonly tier: Tier;
  /** The nurture track that the disqualifier names, of a disqualified lead. */
  readonly disqualifiedTrack: string | undefined;
}

const none: Action = { kind: 'none' };

const nurtureOrNone = (track: string | undefined): Action =>
  track === undefined ? none : { kind: 'nurture', track };

/**
 * What the policy asks for. Disqualified and recycled leads have their own tracks; for all others the first rule
 * that matches stage and tier counts.
 */
export const actionFor = (policy: ModelDocument['policy'], situation: Situation): Action => {
  switch (situation.status) {
    case 'disqualified':
      return nurtureOrNone(situation.disqualifiedTrack);
    case 'recycled':
      return nurtureOrNone(policy.recycle.track);
    case 'active': {
      const rule = policy.rules.find(
        ({ stages, tiers }) =>
          (stages === undefined || stages.includes(situation.stage)) &&
          (tiers === undefined || tiers.includes(situation.tier)),
      );
      return rule?.action ?? none;
    }
    default:
      return situation.status satisfies never;
  }
};

export const sameAction = (a: Action, b: Action): boolean => {
  if (a.kind === 'nurture') return b.kind === 'nurture' && a.track === b.track;
  if (a.kind === 'handoff') return b.kind === 'handoff' && a.queue === b.queue && a.dueHours === b.dueHours;
  return b.kind === 'none';
};
