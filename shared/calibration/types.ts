import type { Stage } from '../../events/index.ts';
import type { Facts, ModelDocument } from '../scoring/index.ts';

/** A lead at the instant at which it would have been judged, with what became of it within the horizon. */
export interface Row {
  readonly leadId: string;
  /** The cut: the instant of judgement, in milliseconds since 1970. */
  readonly at: number;
  /** The facts that were known at the cut, and nothing that was said later. */
  readonly facts: Facts;
  /** The stage at the cut. */
  readonly stage: Stage;
  /** Whether the lead succeeded within the horizon. */
  readonly outcome: boolean;
  /** The facts that were known 7 days before the cut: whoever adds facts in the last days may have known the outcome. */
  readonly earlierFacts?: Facts;
}

/** A field of facts. */
export interface FieldName {
  readonly kind: 'attribute' | 'answer' | 'activity';
  readonly name: string;
}

/** The multiples of the usual rate of success that the tiers promise. */
export interface TierTargets {
  readonly excellent: number;
  readonly good: number;
  readonly risky: number;
}

export interface CalibrationOptions {
  /** The model in use: with it, only points, weights and thresholds change. */
  readonly base?: ModelDocument;
  /**
   * Returns the base with what was known of its lanes at an instant, in milliseconds since 1970; if left out, the base is
   * the same at each.
   */
  readonly baseBy?: (instant: number) => ModelDocument;
  /** The model by which leads are judged today, which the new one is compared with; by default the base. */
  readonly inUse?: ModelDocument;
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** The seed of every random draw: the same rows and seed give the same result. */
  readonly seed: number;
  /** The days within which a lead has to succeed: nothing is learnt from leads that follow so closely on others. */
  readonly horizonDays: number;
  /** @default { excellent: 3, good: 2, risky: 1 } */
  readonly targets?: TierTargets;
  /** Fields of which no criterion is to be made, and whose criteria in the base are to give no points. */
  readonly leaveOut?: readonly FieldName[];
  /** Fields that a person has looked at: no leak is suspected in them, and they are used. */
  readonly trusted?: readonly FieldName[];
}

/** A figure with the interval that holds it in 90 of 100 draws; the ends are undefined if it can't be worked out. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The quality of one way of judging, measured on the leads of the last stretch of time, which none of them has seen. */
export interface Performance {
  readonly name: 'document' | 'naive Bayes' | 'logistic regression' | 'model in use';
  /** The probability that a lead that succeeds is judged above one that doesn't. */
  readonly auc: Estimate;
  /** The rate of success of the best tenth, divided by that of all. */
  readonly lift: Estimate;
  /** The mean squared error of the probability. */
  readonly brier: Estimate;
  /** The mean difference between probability and rate of success over ten groups of leads. */
  readonly calibrationError: Estimate;
}

/** A stretch of time, with the leads that were judged in it. */
export interface Period {
  readonly name: 'train' | 'calibrate' | 'test';
  /** The instants of the first and the last lead, in milliseconds since 1970; undefined without leads. */
  readonly from?: number;
  readonly to?: number;
  readonly leads: number;
  readonly successes: number;
}

export interface Leak {
  readonly field: FieldName;
  readonly kind: 'known by the outcome' | 'too good' | 'is the outcome' | 'said shortly before';
  /**
   * Whether no criterion is made of the field; or one is, and the model is not ready until a person has looked; or it is
   * only worth a look.
   */
  readonly effect: 'left out' | 'suspected' | 'noted';
  /** A sentence for people, with the figures. */
  readonly text: string;
}

/** A threshold of a tier, and what it means. */
export interface TierThreshold {
  readonly tier: 'excellent' | 'good' | 'risky';
  /** The score from which a lead is in the tier. */
  readonly from: number;
  /** The multiple of the usual rate of success that is asked for. */
  readonly target: number;
  /** The rate that the tier promises, and the usual one at the time of calibration, in percent. */
  readonly targetPercent: number;
  readonly usualPercent: number;
  /**
   * Whether leads bear the promise out: the lower bound of the rate of success from this score up reached it at the time
   * of calibration. It doesn't if tiers that are alike only begin where they do to be in order.
   */
  readonly supported: boolean;
  /** The ends between which the threshold lies in 90 of 100 draws; undefined if it isn't supported. */
  readonly interval?: readonly [low: number, high: number];
  /** The leads of the test time from this score up to the next tier's, and the percentage that succeeded. */
  readonly leads: number;
  readonly successPercent?: number;
}

/** A note on what was made of a field, or why nothing was. */
export interface FieldNote {
  readonly field?: FieldName;
  /** The criterion of the model in use that the note is about. */
  readonly criterion?: string;
  readonly text: string;
}

export interface CalibrationReport {
  readonly ready: boolean;
  /** Why the model is not ready; empty if it is. */
  readonly reasons: readonly string[];
  /** The things to know though the model is ready. */
  readonly warnings: readonly string[];
  readonly periods: readonly Period[];
  /** Leads within a gap, from which nothing is learnt. */
  readonly leftOut: number;
  readonly successPercent?: number;
  readonly leaks: readonly Leak[];
  readonly performance: readonly Performance[];
  readonly tiers: readonly TierThreshold[];
  /** The probability of success is 1 / (1 + exp(−(a · score + b))), by Platt. */
  readonly probability?: { readonly a: number; readonly b: number };
  /** The strength of the pull to naive Bayes; undefined if nothing was fitted. */
  readonly ridge?: number;
  /** The criteria of the document. */
  readonly criteria: number;
  /** The gaps between the periods, in days. */
  readonly gapDays: number;
  /** Fields of which no criterion was made, and criteria of the model in use that were not fitted. */
  readonly notes: readonly FieldNote[];
}

export interface Calibration {
  /** The model document, learnt from all rows; undefined if nothing could be learnt. */
  readonly document?: ModelDocument;
  /**
   * The document that the figures of the report are of: learnt in the same way from the rows before the test time, which
   * are all that it may have seen.
   */
  readonly measured?: ModelDocument;
  readonly report: CalibrationReport;
}
