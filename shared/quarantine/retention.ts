import { type Item, N, number } from '../dynamodb/index.ts';
import { expiryAttribute } from '../keys/index.ts';

/**
 * The days for which a rejected event is stored after its last delivery: long enough to correct it, and an end to
 * personal data that nobody needs.
 */
export const quarantineDays = 180;

/** Returns the expiry of an event that was received at an instant, in seconds since 1970. */
export const computeExpiry = (receivedAt: string): number =>
  Math.floor(Date.parse(receivedAt) / 1_000) + quarantineDays * 86_400;

/** Returns the attribute by which DynamoDB deletes an item. @param expiresAt seconds since 1970 */
export const expiryField = (expiresAt: number) => ({ [expiryAttribute]: N(expiresAt) });

/** Reads the expiry of an item, in seconds since 1970. @throws UnreadableItemError */
export const readExpiry = (item: Item): number => number(item, expiryAttribute);
