import type { Action, Stage, Status, Tier } from '../../events/index.ts';
import type {
  ComparisonTally,
  MovedPart,
  MoveReason,
  MoveSize,
  Pair,
} from '../../shared/comparison/index.ts';
import type { Standing } from '../../shared/lead/index.ts';

/** A model as its user named it, with its version. */
export interface ComparedModel {
  readonly name: string;
  readonly version: string;
}

/** The part of a standing that a list of moves shows. */
export interface ShownStanding {
  readonly stage: Stage;
  readonly status: Status;
  readonly tier: Tier;
  readonly score: number;
  readonly action: Action;
  readonly disqualification?: Standing['disqualification'];
}

/** A lead that moves, and why. */
export interface Move {
  readonly leadId: string;
  readonly size: MoveSize;
  readonly standings: Pair<ShownStanding>;
  readonly moved: readonly MovedPart[];
  /** The reasons that weigh most, in order. */
  readonly reasons: readonly MoveReason[];
  /** The number of further reasons. */
  readonly reasonsLeft: number;
}

/** The numbers of leads that aren't compared, or not in all. */
export interface LeftOut {
  readonly erased: number;
  /** Leads of which nothing had happened by the instant of the comparison. */
  readonly unknown: number;
  /** Leads without a shadow standing, or with one of another model. */
  readonly unshadowed: number;
  /** Leads that an earlier model has judged: they aren't rescored yet, or couldn't be. */
  readonly notRescored: number;
  /** Leads that are compared without their actions: those of the model in use wait, since it was activated so. */
  readonly actionsWait: number;
}

export const noneLeftOut: LeftOut = { erased: 0, unknown: 0, unshadowed: 0, notRescored: 0, actionsWait: 0 };

export const addLeftOut = (one: LeftOut, other: LeftOut): LeftOut => ({
  erased: one.erased + other.erased,
  unknown: one.unknown + other.unknown,
  unshadowed: one.unshadowed + other.unshadowed,
  notRescored: one.notRescored + other.notRescored,
  actionsWait: one.actionsWait + other.actionsWait,
});

/** The result for some of the leads. It is plain data, so that threads can send it. */
export interface ComparedPart {
  readonly tally: ComparisonTally;
  /** The greatest moves. */
  readonly moves: readonly Move[];
  readonly leftOut: LeftOut;
}

/** The whole comparison of two models. */
export interface Comparison extends ComparedPart {
  readonly models: Pair<ComparedModel>;
  /** Events of files, the leads of a stack, or the shadow standings that are stored with these. */
  readonly source: 'events' | 'leads' | 'shadow';
  /** The instant as of which both models judge, in milliseconds since 1970. */
  readonly at: number;
}
