// Plain lists: who only needs the words doesn't load the schemas that are made of them.

/** The funnel, in order. What moves a lead from one to the next is decided in `shared/funnel`. */
export const stages = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'] as const;
export type Stage = (typeof stages)[number];

/** Tiers from the worst to the best. */
export const tiers = ['none', 'risky', 'good', 'excellent'] as const;
export type Tier = (typeof tiers)[number];

export const outcomes = ['won', 'lost', 'renewed', 'expanded', 'churned', 'referenced'] as const;
export type Outcome = (typeof outcomes)[number];
