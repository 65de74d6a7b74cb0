import { type CompiledCriterion, compileCriterion } from '../../compile/criterion.ts';
import { computePoints } from '../../compile/rule.ts';
import type { Condition } from '../../document/condition.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import { keyOfRead, listCriterionReads, type Read } from '../../document/reads.ts';
import { isReader, listParts } from '../../document/walk.ts';
import { listAssignments } from '../search/assignments.ts';
import type { SearchSpace } from '../search/search-space.ts';

export interface Bounds {
  readonly least: number;
  readonly most: number;
}

interface Sized {
  readonly criterion: Criterion;
  readonly compiled: CompiledCriterion;
}

const noSections: ReadonlySet<never> = new Set();

/** Returns conditions that distinguish the same values as a criterion. */
const listLeaves = (criterion: Criterion): Condition[] => {
  if ('when' in criterion) return listParts(criterion.when).filter(isReader);
  if ('of' in criterion) return 'slide' in criterion.of ? [] : [{ ...criterion.of, known: true }];
  return 'activity' in criterion.each ? [criterion.each] : [];
};

/** Returns the counts that give the most points. */
const listCaps = (criterion: Criterion): number[] =>
  'each' in criterion && criterion.points !== 0
    ? [Math.ceil(criterion.max / Math.abs(criterion.points))]
    : [];

const apart = (sized: readonly Sized[]): Bounds => ({
  least: sized.reduce((sum, { compiled }) => sum + compiled.worst, 0),
  most: sized.reduce((sum, { compiled }) => sum + compiled.best, 0),
});

/** Returns what criteria that read one and the same thing can give together: it has one value at a time. */
const together = (space: SearchSpace, read: Read, sized: readonly Sized[]): Bounds => {
  const criteria = sized.map(({ criterion }) => criterion);
  const assignments = listAssignments(space, read, criteria.flatMap(listLeaves), criteria.flatMap(listCaps));
  if (assignments === undefined || !space.spend(assignments.length)) return apart(sized);
  const sums = assignments.map((assignment) => {
    const reading = space.read([assignment], noSections);
    return sized.reduce((sum, { compiled }) => sum + (computePoints(compiled, reading) ?? 0), 0);
  });
  return { least: Math.min(...sums), most: Math.max(...sums) };
};

const clamped = (points: number): number => Math.min(100, Math.max(0, points));

/** Returns whether a criterion counts days. The counts that are tried say how often, not on how many days. */
const countsDays = (criterion: Criterion): boolean =>
  'each' in criterion && 'activity' in criterion.each && criterion.each.per === 'day';

/** Returns the only thing that a criterion reads; undefined if there are several, or only counts of answers or days. */
const findOnlyRead = (criterion: Criterion): Read | undefined => {
  if (countsDays(criterion)) return undefined;
  const reads = listCriterionReads(criterion);
  return new Set(reads.map(keyOfRead)).size === 1 && reads[0]?.kind !== 'answering' ? reads[0] : undefined;
};

/**
 * Finds the bounds of a dimension's score. Criteria that read only one and the same thing are weighed against each
 * other; each of the others is assumed to give its best, so that what is out of reach surely is.
 */
export const computeBounds = (
  space: SearchSpace,
  { base, criteria }: ModelDocument['dimensions'][string],
): Bounds => {
  const alone = new Map<string, { read: Read; sized: Sized[] }>();
  const others: Sized[] = [];
  for (const criterion of criteria) {
    const sized = { criterion, compiled: compileCriterion(criterion, space.layout) };
    const read = findOnlyRead(criterion);
    if (read === undefined) others.push(sized);
    else {
      const before = alone.get(keyOfRead(read))?.sized ?? [];
      alone.set(keyOfRead(read), { read, sized: [...before, sized] });
    }
  }
  const groups = [...alone.values()].map(({ read, sized }) => together(space, read, sized));
  const parts = [apart(others), ...groups];
  return {
    least: clamped(parts.reduce((sum, { least }) => sum + least, base)),
    most: clamped(parts.reduce((sum, { most }) => sum + most, base)),
  };
};
