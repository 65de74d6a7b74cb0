import type { LaneFigure } from './document/lane-figures.ts';
import type { LaneFigures } from './document/lanes.ts';
import type { SlideStatus } from './document/slide-parts.ts';
import type { Facts } from './facts.ts';
import type { Truth } from './truth.ts';

export { negate, no, type Truth, unknown, yes } from './truth.ts';

/** A lane that a lead may be in, with values that are computed once for each model. */
export interface Lane {
  readonly id: string;
  readonly title: string;
  readonly kind: 'core' | 'adjacent' | 'avoid';
  readonly pursued: boolean;
  readonly figures: LaneFigures;
  /** 0 the worst to 100 the best of all lanes, by figure; 50 where all are alike. */
  readonly standings: Readonly<Partial<Record<LaneFigure, number>>>;
}

/** The values computed from the facts if a model has a slide or lanes, or judges how leads answer. */
export interface Findings {
  /** The statuses by the order of `slideParts`; empty if the model has no slide. */
  readonly slide: SlideStatus[];
  /** The status that each part can still reach by answers that are not known yet; undefined if none. */
  readonly slideOpen: ('complete' | 'partial' | undefined)[];
  /** Parts that are complete, a partial one counted as the model says. */
  slideParts: number;
  demoReady: Truth;
  /** The lane; null if the lead is in none, undefined if that isn't known yet. */
  lane: Lane | null | undefined;
  /** Open questions that were answered in words. */
  answered: number;
  short: number;
  long: number;
  specific: number;
  contradictory: number;
}

/** The input of compiled tests: the facts, the time of evaluation, and what was computed from the facts before. */
export interface Reading {
  readonly facts: Facts;
  /** The UTC day of evaluation, on which windows end. */
  readonly today: number;
  /** The whole hour of evaluation, at which the ages of facts are taken. */
  readonly hour: number;
  /** The truths by the order of `letters`: yes is pass, no is fail. */
  readonly bant: Truth[];
  bantMet: Truth;
  /** An object of its own: models that have none of it share one, so that it costs them nothing. */
  found: Findings;
}

/** A compiled condition. */
export type Test = (reading: Reading) => Truth;
