/** The source of the canary's events. */
export const canarySource = 'sluice.canary';

/** The prefix of the canary's leads, which are nobody. `parseInbound` accepts events of them from the canary only. */
export const canaryPrefix = 'sluice.canary.';

/** Returns the id of the canary's lead of a day. */
export const canaryLeadOf = (now: number): string =>
  `${canaryPrefix}${new Date(now).toISOString().slice(0, 10)}`;

/** Returns whether a lead is the canary's: nobody is to call it, and it counts in no report. */
export const isCanary = (leadId: string): boolean => leadId.startsWith(canaryPrefix);
