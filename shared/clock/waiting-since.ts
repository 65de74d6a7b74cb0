import { hourMs } from '../../events/index.ts';

/**
 * Returns since when an item has waited, at the latest. An instant that had passed when it was written stands in the
 * hour of its writing, of which only the end is known.
 */
export const computeWaitingSince = (dueAt: string, hour: number): number => {
  const at = Date.parse(dueAt);
  return at >= hour ? at : hour + hourMs;
};
