import type { Stage } from '../../events/index.ts';
import { collectReasons, type Evaluation, round, type ScoringModel } from '../scoring/index.ts';
import type { Pair } from './pair.ts';

/** The evaluation of a lead by a model, at the stage at which the model has the lead. */
export interface Evaluated {
  readonly model: ScoringModel;
  readonly stage: Stage;
  readonly evaluation: Evaluation;
}

/** A part of the difference between the scores of two models. */
export type ScorePart = {
  readonly dimension: string;
  /** The title of the dimension. */
  readonly title: string;
  /** Points of the score, B's less A's. */
  readonly difference: number;
} & (
  | {
      /** The points of a criterion differ, or only one model has it. */
      readonly kind: 'criterion';
      readonly criterion: string;
      readonly text: string;
      /** The points that the models give, before weights. */
      readonly points: Pair<number>;
    }
  /** The base of the dimension differs. */
  | { readonly kind: 'base'; readonly points: Pair<number> }
  /** Points above 100 or below 0 of the dimension, which don't count, differ. */
  | { readonly kind: 'limit' }
  /** The weight of the dimension differs: its shares of the scorecards, 0 to 1. */
  | { readonly kind: 'weight'; readonly shares: Pair<number> }
);

/** A dimension as one model evaluates it. */
interface Side {
  readonly title: string;
  readonly share: number;
  readonly base: number;
  /** 0 to 100. */
  readonly score: number;
  readonly criteria: ReadonlyMap<string, { readonly text: string; readonly points: number }>;
}

const collectSides = ({ model, stage, evaluation }: Evaluated): Map<string, Side> => {
  const reasons = collectReasons(model, evaluation.reading, stage);
  return new Map(
    model.dimensions.map(({ id, title, base }, i) => [
      id,
      {
        title,
        share: model.scorecards[stage][i] ?? 0,
        base,
        score: evaluation.dimensions[i] ?? 0,
        criteria: new Map(
          reasons.flatMap(({ dimension, criterion, text, points }) =>
            dimension === id ? [[criterion, { text, points }] as const] : [],
          ),
        ),
      },
    ]),
  );
};

/** Splits the difference of one dimension by criterion: each is worth its points times the share that both give it. */
const splitPoints = (dimension: string, { a, b }: Pair<Side>, share: number): ScorePart[] => {
  const { title } = b;
  const criteria = [...new Set([...a.criteria.keys(), ...b.criteria.keys()])].map((criterion): ScorePart => {
    const [inA, inB] = [a.criteria.get(criterion), b.criteria.get(criterion)];
    const points = { a: inA?.points ?? 0, b: inB?.points ?? 0 };
    const text = inB?.text ?? inA?.text ?? criterion;
    return {
      kind: 'criterion',
      dimension,
      title,
      criterion,
      text,
      points,
      difference: share * (points.b - points.a),
    };
  });
  const base: ScorePart = {
    kind: 'base',
    dimension,
    title,
    points: { a: a.base, b: b.base },
    difference: share * (b.base - a.base),
  };
  const stated = [base, ...criteria].reduce((sum, { difference }) => sum + difference, 0);
  const limited = share * (b.score - a.score) - stated;
  return [base, ...criteria, { kind: 'limit', dimension, title, difference: limited }];
};

const splitDimension = (dimension: string, inA: Side | undefined, inB: Side | undefined): ScorePart[] => {
  const known = inA ?? inB;
  if (known === undefined) return [];
  // A dimension that only one model has gives nothing in the other, at the same share.
  const absent: Side = { ...known, base: 0, score: 0, criteria: new Map() };
  const [a, b] = [inA ?? absent, inB ?? absent];
  const weight: ScorePart = {
    kind: 'weight',
    dimension,
    title: b.title,
    shares: { a: a.share, b: b.share },
    difference: ((b.share - a.share) * (a.score + b.score)) / 2,
  };
  return [weight, ...splitPoints(dimension, { a, b }, (a.share + b.share) / 2)];
};

/**
 * Splits the difference between the scores of two models by what they do otherwise, the greatest part first.
 *
 * A dimension is worth share × score in each model. With the means of both, share_b × score_b − share_a × score_a =
 * (share_b − share_a) × mean score + mean share × (score_b − score_a): what the weight makes, and what the points make,
 * so that no part is counted twice and all parts together are the difference but for rounding.
 */
export const splitScoreDifference = ({ a, b }: Pair<Evaluated>): ScorePart[] => {
  const [inA, inB] = [collectSides(a), collectSides(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .flatMap((dimension) => splitDimension(dimension, inA.get(dimension), inB.get(dimension)))
    .map((part) => ({ ...part, difference: round(part.difference) }))
    .filter(({ difference }) => difference !== 0)
    .sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference));
};
