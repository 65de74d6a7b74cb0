import type { FactValue, ScoreReason, Stage } from '../../../events/index.ts';
import { type CompiledCriterion, pointsOf } from '../compile/criterion.ts';
import type { ScoringModel } from '../compile/model.ts';
import { round } from '../evaluate.ts';
import type { Reading } from '../reading.ts';

/** A criterion that gave points, with what it gave them for. */
export interface CountedReason extends ScoreReason {
  /** The value that a band or a table was asked for. */
  readonly value?: FactValue;
  /** Of the band that counts: customers like this who succeeded, in percent. */
  readonly successPercent?: number;
  /** Of the band that counts: customers like this who left, in percent. */
  readonly churnPercent?: number;
}

export const byWeight = (a: { weight: number }, b: { weight: number }): number =>
  Math.abs(b.weight) - Math.abs(a.weight);

interface Given {
  readonly reason: ScoreReason;
  readonly criterion: CompiledCriterion;
}

const givenAt = (model: ScoringModel, reading: Reading, stage: Stage): Given[] =>
  model.dimensions
    .flatMap((dimension, index) => {
      const share = model.scorecards[stage][index] ?? 0;
      return dimension.criteria.flatMap((criterion) => {
        const { id, text } = criterion;
        const given = pointsOf(criterion, reading);
        if (Number.isNaN(given) || given === 0) return [];
        const weight = round(share * given);
        return [
          { reason: { dimension: dimension.id, criterion: id, text, points: given, weight }, criterion },
        ];
      });
    })
    .sort((a, b) => byWeight(a.reason, b.reason));

/** The criteria that gave points, heaviest first; those of equal weight in the model's order. */
export const reasonsOf = (model: ScoringModel, reading: Reading, stage: Stage): ScoreReason[] =>
  givenAt(model, reading, stage).map(({ reason }) => reason);

const detailsOf = ({ rule }: CompiledCriterion, reading: Reading): Partial<CountedReason> => {
  if (rule.kind !== 'bands' && rule.kind !== 'table') return {};
  const value = rule.readValue(reading);
  if (value === undefined || value === null) return {};
  const band = typeof value === 'number' ? rule.bands.find(({ from }) => value >= from) : undefined;
  return {
    value,
    ...(band?.successPercent !== undefined && { successPercent: band.successPercent }),
    ...(band?.churnPercent !== undefined && { churnPercent: band.churnPercent }),
  };
};

/** The same, each with what it was given for. */
export const countedReasonsOf = (model: ScoringModel, reading: Reading, stage: Stage): CountedReason[] =>
  givenAt(model, reading, stage).map(({ reason, criterion }) => ({
    ...reason,
    ...detailsOf(criterion, reading),
  }));
