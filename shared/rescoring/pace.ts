import type { RescoringSegment } from './segment.ts';

/**
 * The write units that one rescoring may use: the entry, the state and what they change in the indexes. `npm run bench --
 * --only rescoring` measures them, and fails if they are more.
 */
export const writeUnitsPerRescoring = 6;

/** The bounds of the write units a second that an operator may set. */
export const paceLimits = { least: 1, most: 40_000 } as const;

/** The longest time over which the rescorings of one page are spread, in milliseconds. */
const longestPageMs = 30_000;

/** The rescorings of one page, and when what is to happen, in whole seconds from now, as a queue delays messages. */
export interface PagePlan {
  /** The delay of each rescoring, by its place in the page. Rescorings that aren't listed belong to the next page. */
  readonly delays: readonly number[];
  /** The delay of the message about the next page. */
  readonly nextDelay: number;
  /** The part of a second by which the next page is due later, in milliseconds. */
  readonly carryMs: number;
}

/**
 * Spreads the rescorings of a page, so that they need no more write units a second than this. A rescoring is never early:
 * parts of a second are rounded up, and carried over to the next page.
 *
 * @param unitsPerSecond the share of one segment
 */
export const planPage = (
  found: number,
  { carryMs }: Pick<RescoringSegment, 'carryMs'>,
  unitsPerSecond: number,
): PagePlan => {
  const msPerLead = (writeUnitsPerRescoring / unitsPerSecond) * 1_000;
  const taken = Math.min(found, Math.max(1, Math.floor(longestPageMs / msPerLead)));
  const totalMs = carryMs + taken * msPerLead;
  const nextDelay = Math.floor(totalMs / 1_000);
  return {
    delays: Array.from({ length: taken }, (_, i) => Math.ceil((carryMs + i * msPerLead) / 1_000)),
    nextDelay,
    carryMs: totalMs - nextDelay * 1_000,
  };
};
