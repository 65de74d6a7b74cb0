import type { Stage } from '../../../events/index.ts';
import type { CompiledDimension, ScoringModel } from '../compile/model.ts';
import { evaluate, round, sumUp } from '../evaluate.ts';
import type { Facts } from '../facts.ts';
import type { Lane, Reading } from '../reading.ts';
import { type Ages, computeAges } from './ages.ts';
import { listPossibilities, type Possibility } from './possibilities.ts';
import { byWeight, type CountedReason, collectCountedReasons } from './reasons.ts';
import {
  type AnsweringExplanation,
  type BantExplanation,
  explainAnswering,
  explainBant,
  explainLane,
  explainSlide,
  type SlideExplanation,
} from './sections.ts';

export interface DimensionExplanation {
  readonly dimension: string;
  readonly title: string;
  readonly score: number;
  /** The dimension's share of the stage's scorecard, 0 to 1. */
  readonly share: number;
  /** The dimension's part in the score: share × score. */
  readonly contribution: number;
  readonly coverage: number;
  readonly base: number;
  /** The points above 100 or below 0, which did not count. */
  readonly uncounted: number;
  /** The age of the facts that it rests on; undefined if none of them is known. */
  readonly ages: Ages | undefined;
}

export interface Explanation {
  readonly stage: Stage;
  readonly modelVersion: string;
  readonly score: number;
  readonly coverage: number;
  readonly dimensions: readonly DimensionExplanation[];
  /** Every criterion that gave points, the heaviest first. */
  readonly counted: readonly CountedReason[];
  /** Every criterion that could have given more, the heaviest first. */
  readonly possible: readonly Possibility[];
  /** Undefined if the model has no BANT; likewise for the sections below. */
  readonly bant: BantExplanation | undefined;
  readonly slide: SlideExplanation | undefined;
  readonly lane: Lane | 'none' | undefined;
  readonly answering: AnsweringExplanation | undefined;
  readonly disqualified: { disqualifier: string; class: string; text: string } | undefined;
}

const explainDimension = (
  model: ScoringModel,
  dimension: CompiledDimension,
  share: number,
  score: number,
  reading: Reading,
): DimensionExplanation => {
  const { id, title, base, span } = dimension;
  const { points, known } = sumUp(dimension, reading);
  return {
    dimension: id,
    title,
    score,
    share,
    contribution: round(share * score),
    coverage: span === 0 ? 1 : round(known / span),
    base,
    uncounted: round(points - Math.max(0, Math.min(100, points))),
    ages: computeAges(model, id, reading.facts),
  };
};

/** Explains a score: what each dimension gave, every point that counts, and every one that could still count. */
export const explain = (model: ScoringModel, facts: Facts, stage: Stage, at: number): Explanation => {
  const { score, coverage, dimensions, disqualifier, reading } = evaluate(model, facts, stage, at);
  const shares = model.scorecards[stage];
  return {
    stage,
    modelVersion: model.version,
    score,
    coverage,
    dimensions: model.dimensions.map((dimension, i) =>
      explainDimension(model, dimension, shares[i] ?? 0, dimensions[i] ?? 0, reading),
    ),
    counted: collectCountedReasons(model, reading, stage),
    possible: model.dimensions
      .flatMap((dimension, i) => listPossibilities(model.document, dimension, shares[i] ?? 0, reading))
      .sort(byWeight),
    bant: explainBant(model, reading),
    slide: explainSlide(model, reading),
    lane: explainLane(reading),
    answering: explainAnswering(model, reading),
    disqualified: disqualifier && {
      disqualifier: disqualifier.id,
      class: disqualifier.class,
      text: disqualifier.text,
    },
  };
};
