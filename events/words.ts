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
] as const;
export type Trigger = (typeof triggers)[number];

/** The directions in which a lead moves among the tiers. */
export const directions = ['up', 'down'] as const;
export type Direction = (typeof directions)[number];

/** The classes of disqualifiers, named after what is missing. */
export const disqualifierClasses = ['persona', 'authority', 'problem'] as const;

/** The causes of a requalification: new facts, or a new model. */
export const requalificationCauses = ['facts', 'model'] as const;
