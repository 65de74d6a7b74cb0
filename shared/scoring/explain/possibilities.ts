import type { CompiledCriterion } from '../compile/criterion.ts';
import type { CompiledDimension } from '../compile/model.ts';
import { computeFullPoints, computePoints } from '../compile/rule.ts';
import type { Criterion } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { keyOfRead, listCriterionReads } from '../document/reads.ts';
import { round } from '../evaluate.ts';
import type { Reading } from '../reading.ts';
import { memoizePerModel } from './memoize-per-model.ts';
import { explainPointsLeft, type PointsLeft } from './points-left.ts';

/** A criterion that gave nothing so far, or less than it can. */
export interface Possibility {
  readonly dimension: string;
  readonly criterion: string;
  readonly text: string;
  /** The points that it gives now. */
  readonly given: number;
  /** The most points it could still add to its dimension. */
  readonly points: number;
  /** The most it could still move the score at this stage, within the dimension's limit of 100. */
  readonly weight: number;
  /** Whether the facts that it reads are known; if not, asking may change the score. */
  readonly known: boolean;
  /** Present if it gave its most when the facts behind it were new: to hear of them anew gives that back. */
  readonly left?: PointsLeft;
}

/** Returns the model's text for the band or value with the most points; undefined if it has none of its own. */
const bestText = ({ rule, best }: CompiledCriterion): string | undefined => {
  if (rule.kind === 'bands') return rule.bands.find(({ points }) => points === best)?.text;
  if (rule.kind !== 'table') return undefined;
  return rule.entries.find(({ points }) => points === best)?.text;
};

/** Returns the one attribute or answer that a criterion reads; undefined if it reads anything else. */
const findOnlyName = (criterion: Criterion): string | undefined => {
  const reads = listCriterionReads(criterion);
  const keys = new Set(reads.map(keyOfRead));
  return keys.size === 1 && reads.every(({ kind }) => kind === 'attribute' || kind === 'answer')
    ? [...keys][0]
    : undefined;
};

const onlyNames = memoizePerModel((document, dimension) =>
  (document.dimensions[dimension]?.criteria ?? []).map(findOnlyName),
);

/**
 * Returns the points that others which read the same value give now, and would lose: nobody is a director and a manager
 * at once. Some of them would still hold, so the result promises too little rather than too much.
 */
const givenByOthers = (
  names: readonly (string | undefined)[],
  given: readonly (number | undefined)[],
  index: number,
): number =>
  names[index] === undefined
    ? 0
    : given.reduce<number>(
        (sum, points = 0, i) => (i !== index && names[i] === names[index] && points > 0 ? sum + points : sum),
        0,
      );

/**
 * Explains the points that a criterion has lost with the age of the facts; undefined if it has lost none, or would give
 * more for another value.
 */
const findLost = (
  stated: Criterion | undefined,
  { rule, best }: CompiledCriterion,
  given: number,
  reading: Reading,
): PointsLeft | undefined => {
  const full = computeFullPoints(rule, reading) ?? 0;
  return stated?.decay === undefined || full <= 0 || full < best || round(full) === round(given)
    ? undefined
    : explainPointsLeft(stated.decay, full, given);
};

/** Returns what the criteria of a dimension could still add, in the model's order. */
export const listPossibilities = (
  document: ModelDocument,
  dimension: CompiledDimension,
  share: number,
  reading: Reading,
): Possibility[] => {
  const given = dimension.criteria.map((criterion) => computePoints(criterion, reading));
  const sum = given.reduce<number>((total, points = 0) => total + points, dimension.base);
  const names = onlyNames(document, dimension.id);
  const inRange = Math.max(0, Math.min(100, sum));
  return dimension.criteria.flatMap((criterion, index) => {
    const { id, text, best } = criterion;
    const points = given[index];
    const now = points ?? 0;
    const left = findLost(document.dimensions[dimension.id]?.criteria[index], criterion, now, reading);
    const more = best - now - givenByOthers(names, given, index);
    if (more <= 0) return [];
    const moved = Math.max(0, Math.min(100, sum + more)) - inRange;
    return [
      {
        dimension: dimension.id,
        criterion: id,
        text: bestText(criterion) ?? text,
        given: round(now),
        points: round(more),
        weight: round(share * moved),
        known: points !== undefined,
        ...(left !== undefined && { left }),
      },
    ];
  });
};
