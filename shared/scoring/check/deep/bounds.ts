import { type CompiledCriterion, compileCriterion } from '../../compile/criterion.ts';
import { pointsOf } from '../../compile/rule.ts';
import type { Condition } from '../../document/condition.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import { partsOf } from '../../document/places.ts';
import { settingsOf } from '../search/settings.ts';
import type { Space } from '../search/space.ts';
import { ofCriterion, ofLeaf, type Variable } from '../search/variables.ts';

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

interface Sized {
  readonly criterion: Criterion;
  readonly compiled: CompiledCriterion;
}

const nothing: ReadonlySet<never> = new Set();

/** Conditions that read what a criterion reads, in its way. */
const leavesOf = (criterion: Criterion): Condition[] => {
  if ('when' in criterion) return partsOf(criterion.when).filter((part) => ofLeaf(part).length > 0);
  if ('of' in criterion) return 'slide' in criterion.of ? [] : [{ ...criterion.of, known: true }];
  return 'activity' in criterion.each ? [criterion.each] : [];
};

/** How often something must occur for the most points. */
const capsOf = (criterion: Criterion): number[] =>
  'each' in criterion && criterion.points !== 0
    ? [Math.ceil(criterion.max / Math.abs(criterion.points))]
    : [];

const apart = (sized: readonly Sized[]): Bounds => ({
  least: sized.reduce((sum, { compiled }) => sum + compiled.worst, 0),
  most: sized.reduce((sum, { compiled }) => sum + compiled.best, 0),
});

/** What criteria that ask for one and the same thing can give together: it can only be one way at a time. */
const together = (space: Space, variable: Variable, sized: readonly Sized[]): Bounds => {
  const criteria = sized.map(({ criterion }) => criterion);
  const settings = settingsOf(space, variable, criteria.flatMap(leavesOf), criteria.flatMap(capsOf));
  if (settings === undefined || !space.spend(settings.length)) return apart(sized);
  const sums = settings.map((setting) => {
    const reading = space.read([setting], nothing);
    return sized.reduce((sum, { compiled }) => {
      const points = pointsOf(compiled, reading);
      return Number.isNaN(points) ? sum : sum + points;
    }, 0);
  });
  return { least: Math.min(...sums), most: Math.max(...sums) };
};

const clamped = (points: number): number => Math.min(100, Math.max(0, points));

/**
 * Between which bounds a dimension's score lies. Criteria that ask for one thing alone are weighed against each other;
 * of all others it is taken that each could give its best, so that what is out of reach surely is.
 */
export const boundsOf = (space: Space, { base, criteria }: ModelDocument['dimensions'][string]): Bounds => {
  const alone = new Map<Variable, Sized[]>();
  const others: Sized[] = [];
  for (const criterion of criteria) {
    const sized = { criterion, compiled: compileCriterion(criterion, space.layout) };
    const [variable, second] = ofCriterion(criterion);
    if (variable === undefined || second !== undefined || variable === 'answering') others.push(sized);
    else alone.set(variable, [...(alone.get(variable) ?? []), sized]);
  }
  const parts = [apart(others), ...[...alone].map(([variable, sized]) => together(space, variable, sized))];
  return {
    least: clamped(parts.reduce((sum, { least }) => sum + least, base)),
    most: clamped(parts.reduce((sum, { most }) => sum + most, base)),
  };
};
