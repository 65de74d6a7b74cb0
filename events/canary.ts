/** What the canary sends comes from here. */
export const canarySource = 'sluice.canary';

/** Leads that are none: the canary makes them, to see that events get through. `parseInbound` lets nobody else speak of one. */
export const canaryPrefix = 'sluice.canary.';

/** The canary's lead of a day. */
export const canaryLeadOf = (now: number): string =>
  `${canaryPrefix}${new Date(now).toISOString().slice(0, 10)}`;

/** Whether a lead is none: it is nobody's to call, and counts in no report. */
export const isCanary = (leadId: string): boolean => leadId.startsWith(canaryPrefix);
