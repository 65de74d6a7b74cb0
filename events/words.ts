// Plain lists, so that code that needs only the words doesn't load the schemas that are made of them.

/** The stages of the funnel, in order. `shared/funnel` decides how a lead moves from one to the next. */
export const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'] as const;
export type Stage = (typeof stages)[number];

/** The tiers, from the worst to the best. */
export const tiers = ['none', 'risky', 'good', 'excellent'] as const;
export type Tier = (typeof tiers)[number];

export const outcomes = ['won', 'lost', 'renewed', 'expanded', 'churned', 'referenced'] as const;
export type Outcome = (typeof outcomes)[number];

/** The statuses of a scored lead. */
export const statuses = ['active', 'recycled', 'disqualified'] as const;
export type Status = (typeof statuses)[number];

/** The kinds of a transition, by the funnel's order. */
export const transitionKinds = ['entered', 'advanced', 'skipped', 'went-back', 'stayed'] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** The triggers that put a lead at its stage. */
export const triggers = [
  'first-seen',
  'stated',
  'activity',
  'handoff-accepted',
  'handoff-rejected',
  'won',
  'renewed',
  'expanded',
  'lost',
  'handoff-expired',
  'time',
  'backfill',
] as const;
export type Trigger = (typeof triggers)[number];

/** The directions in which a lead moves among the tiers. */
export const directions = ['up', 'down'] as const;
export type Direction = (typeof directions)[number];

/** The classes of disqualifiers, named after what is missing. */
export const disqualifierClasses = ['persona', 'authority', 'problem'] as const;

/** The causes of a requalification: new facts, a new model, or the passing of time. */
export const requalificationCauses = ['facts', 'model', 'time'] as const;

/**
 * The triggers of a change that no event of the moment has caused: time has passed, or history was loaded and the lead
 * is announced as it stands now.
 */
export const clockTriggers = ['time', 'backfill'] as const;
export type ClockTrigger = (typeof clockTriggers)[number];

/** The steps that may follow when the deadline of a hand-off passes and nobody has answered. */
export const expirySteps = ['none', 'remind', 'pass', 'escalate', 'recycle'] as const;
export type ExpiryStep = (typeof expirySteps)[number];

/** The effects that an activity of the lead may have on the deadline of its open hand-off. */
export const deadlineEffects = ['paused', 'resumed', 'reset'] as const;
export type DeadlineEffect = (typeof deadlineEffects)[number];

/** The causes of an erasure: somebody asked for it, or nothing was heard of the lead for too long. */
export const erasureCauses = ['request', 'retention'] as const;
