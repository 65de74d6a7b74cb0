import type { CompiledCriterion } from '../compile/criterion.ts';
import type { CompiledDimension } from '../compile/model.ts';
import { pointsOf } from '../compile/rule.ts';
import { round } from '../evaluate.ts';
import type { Reading } from '../reading.ts';

/** A criterion that gave nothing so far, or less than it can. */
export interface Possibility {
  readonly dimension: string;
  readonly criterion: string;
  readonly text: string;
  /** What it gives now. */
  readonly given: number;
  /** The most points it could still add to its dimension. */
  readonly points: number;
  /** The most it could still move the score by at this stage, the dimension's cap of 100 regarded. */
  readonly weight: number;
  /** Whether what it asks for is known; if not, asking may change the score. */
  readonly known: boolean;
}

/** What the model says of a lead that gets the most. */
const bestText = ({ bands, table, details }: CompiledCriterion['rule'], best: number): string | undefined => {
  const value = [...table].find(([, points]) => points === best)?.[0];
  return bands.find(({ points }) => points === best)?.text ?? details.get(value ?? '')?.text;
};

/** What a dimension's criteria could still add, in the model's order. */
export const possibilitiesOf = (
  dimension: CompiledDimension,
  share: number,
  reading: Reading,
): Possibility[] => {
  const given = dimension.criteria.map((criterion) => pointsOf(criterion, reading));
  const sum = given.reduce((total, points) => total + (Number.isNaN(points) ? 0 : points), dimension.base);
  const inRange = Math.max(0, Math.min(100, sum));
  return dimension.criteria.flatMap(({ id, text, best, rule }, index) => {
    const points = given[index] as number;
    const now = Number.isNaN(points) ? 0 : points;
    const more = best - now;
    if (more <= 0) return [];
    const moved = Math.max(0, Math.min(100, sum + more)) - inRange;
    return [
      {
        dimension: dimension.id,
        criterion: id,
        text: bestText(rule, best) ?? text,
        given: now,
        points: more,
        weight: round(share * moved),
        known: !Number.isNaN(points),
      },
    ];
  });
};
