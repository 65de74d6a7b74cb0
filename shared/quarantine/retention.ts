/**
 * Days for which a rejected event is stored after it came the last time: long enough to correct it, and an end for personal
 * data that nobody asks for.
 */
export const quarantineDays = 180;

/** The attribute by which DynamoDB removes items: seconds since 1970. */
export const expiryOf = (receivedAt: string): number =>
  Math.floor(Date.parse(receivedAt) / 1_000) + quarantineDays * 86_400;
