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
  'model',
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
 * The triggers of a change that no event of the moment has caused: time has passed, history was loaded and the lead is
 * announced as it stands now, or another model was activated.
 */
export const clockTriggers = ['time', 'backfill', 'model'] as const;
export type ClockTrigger = (typeof clockTriggers)[number];

/** The steps that may follow when the deadline of a hand-off passes and nobody has answered. */
export const expirySteps = ['none', 'remind', 'pass', 'escalate', 'recycle'] as const;
export type ExpiryStep = (typeof expirySteps)[number];

/** The days of a week, as a calendar of working time names them: Monday is 1, as in ISO 8601. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The effects that an activity of the lead may have on the deadline of its open hand-off. */
export const deadlineEffects = ['paused', 'resumed', 'reset'] as const;
export type DeadlineEffect = (typeof deadlineEffects)[number];

/** The causes of an erasure: somebody asked for it, or nothing was heard of the lead for too long. */
export const erasureCauses = ['request', 'retention'] as const;

/**
 * The reasons for which deliveries are paused: the target said that it is gone, it failed too often in a row, or a person
 * asked for it.
 */
export const pauseReasons = ['gone', 'failing', 'by-hand'] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** The actions that an activation of a model starts and stops: all that follow from it, or none until a lead's next own event. */
export const activationActions = ['all', 'none'] as const;
export type ActivationActions = (typeof activationActions)[number];

/** The findings about a model by which it has drifted from the data that it was made for. */
export const driftFindings = ['score', 'criterion', 'base-rate', 'calibration'] as const;
export type DriftFinding = (typeof driftFindings)[number];
