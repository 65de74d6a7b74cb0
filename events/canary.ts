/** The source of the canary's events. */
export const canarySource = 'sluice.canary';

/**
 * The prefix of the canary's leads, which stand for no person. `parseInbound` accepts events about them from the canary
 * only.
 */
export const canaryPrefix = 'sluice.canary.';

/** Returns the id of the canary's lead of a day. */
export const computeCanaryLead = (now: number): string =>
  `${canaryPrefix}${new Date(now).toISOString().slice(0, 10)}`;

/** Returns whether a lead is the canary's. Sales never gets such a lead, and no report counts it. */
export const isCanary = (leadId: string): boolean => leadId.startsWith(canaryPrefix);
