import { type CompiledCriterion, compileCriterion } from '../../compile/criterion.ts';
import { computePoints } from '../../compile/rule.ts';
import type { Condition } from '../../document/condition.ts';
import type { Criterion } from '../../document/criterion.ts';
import type { ModelDocument } from '../../document/model.ts';
import { keyOfRead, listCriterionReads, type Read } from '../../document/reads.ts';
import { isReader, listParts } from '../../document/walk.ts';
import { listAssignments } from '../search/assignments.ts';
import type { SearchSpace } from '../search/search-space.ts';
import { computeLastingShare } from './fading.ts';

export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** The most that is left an hour later if nothing happens: less than `most` only by decay. */
  readonly lasting: number;
}

interface Sized {
  readonly criterion: Criterion;
  /** Compiled without its decay: what it gives for new facts. */
  readonly compiled: CompiledCriterion;
  /** The most that is left of its points an hour later, 0 to 1. */
  readonly lastingShare: number;
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
  lasting: sized.reduce((sum, { compiled, lastingShare }) => sum + compiled.best * lastingShare, 0),
});

/** Returns what a criterion may give for facts of any age, if it gives such points for new ones. */
const ageing = ({ criterion, lastingShare }: Sized, points: number): Bounds =>
  criterion.decay === undefined
    ? { least: points, most: points, lasting: points }
    : {
        least: Math.min(0, points),
        most: Math.max(0, points),
        lasting: Math.max(0, points * lastingShare),
      };

const sumUp = (bounds: readonly Bounds[], base = 0): Bounds => ({
  least: bounds.reduce((sum, { least }) => sum + least, base),
  most: bounds.reduce((sum, { most }) => sum + most, base),
  lasting: bounds.reduce((sum, { lasting }) => sum + lasting, base),
});

/** Returns what criteria that read one and the same thing can give together: it has one value at a time. */
const together = (space: SearchSpace, read: Read, sized: readonly Sized[]): Bounds => {
  const criteria = sized.map(({ criterion }) => criterion);
  const assignments = listAssignments(space, read, criteria.flatMap(listLeaves), criteria.flatMap(listCaps));
  if (assignments === undefined || !space.spend(assignments.length)) return apart(sized);
  const sums = assignments.map((assignment) => {
    const reading = space.read([assignment], noSections);
    return sumUp(sized.map((one) => ageing(one, computePoints(one.compiled, reading) ?? 0)));
  });
  return {
    least: Math.min(...sums.map(({ least }) => least)),
    most: Math.max(...sums.map(({ most }) => most)),
    lasting: Math.max(...sums.map(({ lasting }) => lasting)),
  };
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
 * other; each of the others is assumed to give its best, so that what is out of reach surely is. With decay, a criterion may
 * give anything between 0 and its points.
 */
export const computeBounds = (
  space: SearchSpace,
  { base, criteria }: ModelDocument['dimensions'][string],
): Bounds => {
  const alone = new Map<string, { read: Read; sized: Sized[] }>();
  const others: Sized[] = [];
  for (const criterion of criteria) {
    const compiled = compileCriterion(criterion, space.layout);
    const sized = { criterion, compiled, lastingShare: computeLastingShare(space, criterion, compiled) };
    const read = findOnlyRead(criterion);
    if (read === undefined) others.push(sized);
    else {
      const before = alone.get(keyOfRead(read))?.sized ?? [];
      alone.set(keyOfRead(read), { read, sized: [...before, sized] });
    }
  }
  const groups = [...alone.values()].map(({ read, sized }) => together(space, read, sized));
  const { least, most, lasting } = sumUp([apart(others), ...groups], base);
  return { least: clamped(least), most: clamped(most), lasting: clamped(lasting) };
};
