import type { DriftFinding } from '../../events/index.ts';

/** The number of leads by what applied to them of a criterion, such as `holds`, a band, or `unknown`. */
export type AnswerCounts = Readonly<Record<string, number>>;

/** Leads with a known outcome that had one score when they were qualified: how many they are, and how many won. */
export type OutcomeCount = readonly [leads: number, won: number];

/** The counts by which two months are compared. Tallies of parts add up to the tally of the whole. */
export interface DriftTally {
  readonly leads: number;
  /** The leads by score, rounded down to whole points: 101 numbers. */
  readonly scores: readonly number[];
  /** The counts of what applied to the leads, by the id of the criterion. */
  readonly criteria: Readonly<Record<string, AnswerCounts>>;
  /** The leads whose outcome is known, by their score when they were qualified: 101 counts. */
  readonly outcomes: readonly OutcomeCount[];
}

/** A measure of how far two months differ. It is a finding if the value is above the limit. */
export interface DriftMeasure {
  readonly kind: DriftFinding;
  /** The id of the criterion, if the measure is about one. */
  readonly criterion?: string;
  readonly value: number;
  /**
   * The value that chance alone seldom exceeds, or the least that matters if that is more: in one of a hundred comparisons
   * by chance; for a criterion, in one of a hundred divided by the number of criteria, so that all together do so as
   * seldom; for the rates of wins by bands of scores, the mean that chance gives and three standard deviations.
   */
  readonly limit: number;
  readonly text: string;
}

/** The first thing to do: move the thresholds of the tiers, or calibrate the model again. */
type DriftRemedy = 'move-tiers' | 'calibrate';

/** The parts of a comparison for which there are too few leads. */
export type TooFew = 'leads' | 'outcomes';

/** The comparison of two months. */
export interface DriftComparison {
  readonly measures: readonly DriftMeasure[];
  /** The measures above their limits, the farthest above first. */
  readonly findings: readonly DriftMeasure[];
  /** Undefined without a finding. */
  readonly remedy?: DriftRemedy;
  readonly tooFew: readonly TooFew[];
}
