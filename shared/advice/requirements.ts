import type { Disqualification, Tier } from '../../events/index.ts';
import type { Change } from './change.ts';
import type { Effort } from './options.ts';
import type { Outcome } from './outcome.ts';

/** Where the lead should get to: the next tier, or first of all to be no longer disqualified. */
export type Goal =
  | { readonly kind: 'tier'; readonly tier: Exclude<Tier, 'none'>; readonly score: number }
  | { readonly kind: 'requalified' };

/** One change of a set. */
export interface RequiredChange {
  readonly kind: Change['kind'];
  readonly name: string;
  /** `unknown`: nobody has said anything else; otherwise what would have to be done, said or be different. */
  readonly effort: Effort;
  /** Any one of these will do. */
  readonly anyOf: readonly [Change, ...Change[]];
  /** Present if any count from the first of these on will do; activities only. */
  readonly orMore?: true;
}

export interface RequiredSet {
  readonly changes: readonly RequiredChange[];
  /** How the lead stands after the choice of changes that scores lowest. */
  readonly atLeast: Outcome;
}

/** How far one or two changes get if none of them reach the goal. */
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

/** How completely pairs of changes were searched. */
export interface PairsSearched {
  /** All pairs of changes that there are. */
  readonly of: number;
  /** The pairs that were neither tried nor excluded, since the search had reached its bound; 0 if it was complete. */
  readonly untried: number;
}

export interface Requirements {
  readonly present: Outcome;
  /** What blocks the lead, whatever it scores. */
  readonly blocked?: Disqualification;
  /** Absent for an excellent lead: there is nothing above. */
  readonly goal?: Goal;
  /** How many changes each of the sets has, 1 or 2; 0 if no set of so few changes was found. */
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
