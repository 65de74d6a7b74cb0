import { type Disqualification, type Tier, tiers } from '../../events/index.ts';
import type { Pair } from './pair.ts';

export type ByTier<T> = Readonly<Record<Tier, T>>;

/** Returns a value for each tier, from none to excellent. */
export const byTier = <T>(create: (tier: Tier) => T): Record<Tier, T> =>
  Object.fromEntries(tiers.map((tier) => [tier, create(tier)])) as Record<Tier, T>;

/** Numbers of leads by name: of a queue, a track or a disqualifier. */
export type Counts = ReadonlyMap<string, number>;

/** The hand-offs that start and stop if model B takes the place of model A. */
interface HandoffTally {
  /** The numbers of leads by queue. */
  readonly start: Counts;
  readonly stop: Counts;
  /** Hand-offs to the same queue with another deadline. */
  readonly deadline: Counts;
}

interface NurtureTally {
  /** The numbers of leads by track. */
  readonly start: Counts;
  readonly stop: Counts;
  /** The numbers of leads by the two tracks, as `from → to`. */
  readonly change: Counts;
}

/** A disqualifier with the number of leads that only one model disqualifies by it. */
export interface DisqualifierCount extends Disqualification {
  readonly leads: number;
}

interface DisqualificationTally {
  /** Leads that only B disqualifies, by the id of B's disqualifier. */
  readonly disqualified: ReadonlyMap<string, DisqualifierCount>;
  /** Leads that only A disqualifies, by the id of A's disqualifier. */
  readonly requalified: ReadonlyMap<string, DisqualifierCount>;
  /** Leads that both disqualify, by different disqualifiers. */
  readonly otherwise: number;
}

export interface WinCounts {
  readonly won: number;
  readonly lost: number;
}

/** The number of bins of the scores: of 5 points each, the last one with 100. */
export const scoreBins = 20;

/** The figures of a comparison. Those of parts of the leads can be added; they are plain data, so that threads can send them. */
export interface ComparisonTally {
  readonly leads: number;
  readonly moved: number;
  /** Leads by the tier that A gives and, within, the tier that B gives. */
  readonly flows: ByTier<ByTier<number>>;
  /** Leads whose stage differs, by the two stages, as `from → to`. */
  readonly stages: Counts;
  readonly handoffs: HandoffTally;
  readonly nurture: NurtureTally;
  readonly disqualifications: DisqualificationTally;
  /** Numbers of leads by bins of the score. */
  readonly scores: Pair<readonly number[]>;
  readonly scoreSums: Pair<number>;
  /** Deals that ended, by the tier that each model gave just before the end. */
  readonly wins: Pair<ByTier<WinCounts>>;
  /** Leads of which nothing was known before their end, so that no tier was given. */
  readonly endedUnknown: WinCounts;
}
