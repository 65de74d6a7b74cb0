import type { FactValue, ScoreReason, Stage } from '../../../events/index.ts';
import type { CompiledCriterion } from '../compile/criterion.ts';
import type { ScoringModel } from '../compile/model.ts';
import { computeFullPoints, computePoints, type Details, findBand } from '../compile/rule.ts';
import type { Criterion, TableSubject } from '../document/criterion.ts';
import { findFigure } from '../document/find-figure.ts';
import { isExampleFigure } from '../document/lane-figures.ts';
import { round } from '../evaluate.ts';
import type { Reading } from '../reading.ts';
import { explainPointsLeft, type PointsLeft } from './points-left.ts';

/** A criterion that gave points, with what it gave them for. */
export interface CountedReason extends ScoreReason {
  /** The subject of a band or a table, as the model states it. */
  readonly of?: TableSubject;
  /** Whether the model has a text of its own for the band or value. */
  readonly told?: true;
  readonly value?: FactValue;
  /** The number of days, for a criterion that counts days. */
  readonly days?: number;
  /** The percentage of customers in the same band, or with the same value, who succeeded. */
  readonly successPercent?: number;
  /** The percentage of customers in the same band, or with the same value, who left. */
  readonly churnPercent?: number;
  /** Present if the percentages, or the figures of the lane that it reads, are made up as an example. */
  readonly example?: true;
  /** Present if the points become fewer with the age of the facts. */
  readonly left?: PointsLeft;
}

export const byWeight = (a: { weight: number }, b: { weight: number }): number =>
  Math.abs(b.weight) - Math.abs(a.weight);

/** Returns what the model says of the band or the value that a criterion found. */
const findDetails = ({ rule }: CompiledCriterion, reading: Reading): Details | undefined => {
  if (rule.kind === 'bands') return findBand(rule.bands, rule.readValue(reading));
  if (rule.kind !== 'table') return undefined;
  const value = rule.readValue(reading);
  return value === undefined || value === null ? undefined : rule.findEntry(value);
};

interface Given {
  readonly reason: ScoreReason;
  readonly criterion: CompiledCriterion;
  readonly details: Details | undefined;
}

const collectGiven = (model: ScoringModel, reading: Reading, stage: Stage): Given[] =>
  model.dimensions
    .flatMap((dimension, index) => {
      const share = model.scorecards[stage][index] ?? 0;
      return dimension.criteria.flatMap((criterion): Given[] => {
        const given = computePoints(criterion, reading);
        // By decay points have many digits; a score has two.
        const points = given !== undefined && criterion.decay !== undefined ? round(given) : given;
        if (given === undefined || points === undefined || points === 0) return [];
        const details = findDetails(criterion, reading);
        const { id, text } = criterion;
        const weight = round(share * given);
        const reason = {
          dimension: dimension.id,
          criterion: id,
          text: details?.text ?? text,
          points,
          weight,
        };
        return [{ reason, criterion, details }];
      });
    })
    .sort((a, b) => byWeight(a.reason, b.reason));

/** Returns the criteria that gave points, heaviest first; those of equal weight in the model's order. */
export const collectReasons = (model: ScoringModel, reading: Reading, stage: Stage): ScoreReason[] =>
  collectGiven(model, reading, stage).map(({ reason }) => reason);

const findStated = (
  { document }: ScoringModel,
  { dimension, criterion }: ScoreReason,
): Criterion | undefined => document.dimensions[dimension]?.criteria.find(({ id }) => id === criterion);

/** Explains the points that are left; undefined for a criterion whose points don't become fewer. */
const findLeft = (
  stated: Criterion | undefined,
  { rule }: CompiledCriterion,
  points: number,
  reading: Reading,
): PointsLeft | undefined =>
  stated?.decay && explainPointsLeft(stated.decay, computeFullPoints(rule, reading) ?? points, points);

/** Returns whether a criterion reads a figure of the lead's lane that is made up as an example. */
const readsExample = (of: TableSubject | undefined, { found: { lane } }: Reading): boolean => {
  const [, figure] = (of && findFigure(of)) ?? [];
  return figure !== undefined && lane !== undefined && lane !== null && isExampleFigure(lane.figures, figure);
};

/** Returns the same criteria, each with the subject and the value for which it gave points. */
export const collectCountedReasons = (model: ScoringModel, reading: Reading, stage: Stage): CountedReason[] =>
  collectGiven(model, reading, stage).map(({ reason, criterion, details }) => {
    const stated = findStated(model, reason);
    const of = stated !== undefined && 'of' in stated ? stated.of : undefined;
    const left = findLeft(stated, criterion, reason.points, reading);
    const { rule } = criterion;
    const value = 'readValue' in rule ? rule.readValue(reading) : undefined;
    return {
      ...reason,
      ...(of !== undefined && { of }),
      ...(value !== undefined && value !== null && { value }),
      ...(rule.kind === 'each' && rule.perDay && { days: rule.count(reading) }),
      ...(details?.text !== undefined && { told: true as const }),
      ...(details?.successPercent !== undefined && { successPercent: details.successPercent }),
      ...(details?.churnPercent !== undefined && { churnPercent: details.churnPercent }),
      ...((details?.example === true || readsExample(of, reading)) && { example: true as const }),
      ...(left !== undefined && { left }),
    };
  });
