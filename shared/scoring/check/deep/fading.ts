import type { CompiledCriterion } from '../../compile/criterion.ts';
import { computePoints } from '../../compile/rule.ts';
import { fullWeight, weightAt, weightsOf } from '../../decay/weights.ts';
import type { Criterion } from '../../document/criterion.ts';
import { listCriterionReads } from '../../document/reads.ts';
import type { SearchedSection, SearchSpace } from '../search/search-space.ts';

const allSections: ReadonlySet<SearchedSection> = new Set(['bant', 'slide', 'lanes']);

/** Returns whether a criterion may give points although nothing is known: these have no age. */
const mayGiveForNothing = (space: SearchSpace, criterion: Criterion, compiled: CompiledCriterion): boolean =>
  listCriterionReads(criterion).some(({ kind }) => kind === 'answering') ||
  (computePoints(compiled, space.read([], allSections)) ?? 0) !== 0;

/**
 * Returns the most that can be left of a criterion's points an hour after everything happened that gives them, if nothing
 * happens since: a share, 0 to 1. Points for each time may all be left, since more times than its most may have been
 * counted.
 */
export const computeLastingShare = (
  space: SearchSpace,
  criterion: Criterion,
  compiled: CompiledCriterion,
): number => {
  const { decay } = criterion;
  if (decay === undefined || 'each' in criterion || mayGiveForNothing(space, criterion, compiled)) return 1;
  return weightAt(weightsOf(decay), 1) / fullWeight;
};
