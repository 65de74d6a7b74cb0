/**
 * How long a rejected event is kept after it came the last time, in days. Long enough to mend it, and an end for personal
 * data that nobody asks after.
 */
export const quarantineDays = 180;

/** The attribute by which DynamoDB removes items: seconds since 1970. */
export const expiryOf = (receivedAt: string): number =>
  Math.floor(Date.parse(receivedAt) / 1_000) + quarantineDays * 86_400;
