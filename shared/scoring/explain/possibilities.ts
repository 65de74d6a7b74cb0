import type { CompiledCriterion } from '../compile/criterion.ts';
import type { CompiledDimension } from '../compile/model.ts';
import { pointsOf } from '../compile/rule.ts';
import type { Criterion } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { addCriterion, noNames } from '../document/names-read.ts';
import { round } from '../evaluate.ts';
import type { Reading } from '../reading.ts';
import { onceAModel } from './once-a-model.ts';

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

/** The one attribute or answer that a criterion reads, if it reads nothing else. */
const onlyNameOf = (criterion: Criterion): string | undefined => {
  const names = noNames();
  addCriterion(names, criterion);
  const { attributes, answers, activities, outcomes, derived } = names;
  const [first, ...others] = [
    ...[...attributes].map((name) => `attribute ${name}`),
    ...[...answers].map((name) => `answer ${name}`),
  ];
  return others.length + activities.size + outcomes.size + derived.size === 0 ? first : undefined;
};

const onlyNames = onceAModel((document, dimension) =>
  (document.dimensions[dimension]?.criteria ?? []).map(onlyNameOf),
);

/**
 * What others that read the same value give now, and would lose: nobody is a director and a manager at once. Some would
 * go on to hold, so this promises too little rather than too much.
 */
const givenByOthers = (
  names: readonly (string | undefined)[],
  given: readonly number[],
  index: number,
): number =>
  names[index] === undefined
    ? 0
    : given.reduce(
        (sum, points, i) => (i !== index && names[i] === names[index] && points > 0 ? sum + points : sum),
        0,
      );

/** What a dimension's criteria could still add, in the model's order. */
export const possibilitiesOf = (
  document: ModelDocument,
  dimension: CompiledDimension,
  share: number,
  reading: Reading,
): Possibility[] => {
  const given = dimension.criteria.map((criterion) => pointsOf(criterion, reading));
  const sum = given.reduce((total, points) => total + (Number.isNaN(points) ? 0 : points), dimension.base);
  const names = onlyNames(document, dimension.id);
  const inRange = Math.max(0, Math.min(100, sum));
  return dimension.criteria.flatMap(({ id, text, best, rule }, index) => {
    const points = given[index] as number;
    const now = Number.isNaN(points) ? 0 : points;
    const more = best - now - givenByOthers(names, given, index);
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
