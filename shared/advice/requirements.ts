import type { Disqualification, Tier } from '../../events/index.ts';
import type { Change } from './change.ts';
import type { Effort } from './options.ts';
import type { Outcome } from './outcome.ts';

/** The goal of the changes: the next tier, or for a disqualified lead an end of the disqualification. */
export type Goal =
  | { readonly kind: 'tier'; readonly tier: Exclude<Tier, 'none'>; readonly score: number }
  | { readonly kind: 'requalified' };

/** One change of a set. */
export interface RequiredChange {
  readonly kind: Change['kind'];
  readonly name: string;
  /**
   * `unknown` if nothing contradicts it yet, `confirm` if it is known and has only grown old; otherwise what would have to
   * be done, said or be different.
   */
  readonly effort: Effort;
  /** Any one of these will do. */
  readonly anyOf: readonly [Change, ...Change[]];
  /** All changes under this name that were tried, in their order; `anyOf` is a part of them. */
  readonly among: readonly Change[];
  /** Present if any count from the first of these on will do; activities only. */
  readonly orMore?: true;
}

export interface RequiredSet {
  readonly changes: readonly RequiredChange[];
  /** The outcome of the choice of changes that scores lowest. */
  readonly atLeast: Outcome;
}

/** The best that one or two changes do if none of them reach the goal. */
export interface Shortfall {
  /**
   * `needs-three-or-more` changes, if the goal can be reached at all; `unreachable`, since fewer than three names could
   * change; `unknown` if the search was not exhaustive.
   */
  readonly verdict: 'needs-three-or-more' | 'unreachable' | 'unknown';
  /**
   * The one or two changes that raise the score most, with all alternatives that raise it as much. Absent if none do,
   * and for a lead that is disqualified.
   */
  readonly best?: RequiredSet;
}

/** The extent of the search among pairs of changes. */
export interface PairsSearched {
  /** The number of all pairs of changes. */
  readonly of: number;
  /** The number of pairs neither tried nor excluded, because the search reached its limit; 0 if it was complete. */
  readonly untried: number;
}

export interface Requirements {
  readonly present: Outcome;
  /** The disqualification of the lead, if it has one. */
  readonly blocked?: Disqualification;
  /** Absent for an excellent lead: there is nothing above. */
  readonly goal?: Goal;
  /** The number of changes in each of the sets, 1 or 2; 0 if no set of so few changes was found. */
  readonly size: 0 | 1 | 2;
  /** The smallest sets, the easiest first. */
  readonly sets: readonly RequiredSet[];
  /** Whether there are more sets of this size than are listed. */
  readonly more: boolean;
  /** Present if there is a goal and no set was found. */
  readonly shortfall?: Shortfall;
  /** Present if pairs were searched, since no single change was enough. */
  readonly pairs?: PairsSearched;
  /** False if not all values or pairs were tried: then there may be other sets. */
  readonly exhaustive: boolean;
}
