import type { ConditionPath } from '../../document/condition-paths.ts';
import { walk } from '../../document/walk.ts';
import { error, type Finding, hasErrorWithin, warning } from '../finding.ts';
import { constraint, isNotYes, isYes } from '../search/constraints.ts';
import { isSatisfiable } from '../search/satisfiable.ts';
import type { SearchSpace } from '../search/search-space.ts';

/**
 * Finds conditions, and parts of conditions, that hold for no lead. If one is within another the inner one is named:
 * the outer follows from it.
 *
 * @param before the findings so far: what is wrong in itself needs no other finding
 */
export const findUnsatisfiable = (
  space: SearchSpace,
  places: readonly ConditionPath[],
  before: readonly Finding[],
): Finding[] => {
  const found: Finding[] = [];
  for (const { path, condition } of places.flatMap(walk)) {
    if (hasErrorWithin(before, path) || hasErrorWithin(found, path)) continue;
    if (isSatisfiable(space, [constraint(condition, isYes)]) === 'no') {
      found.push(error(path, condition, 'a condition that some lead can meet; none meets this one'));
    }
  }
  return found;
};

/** Finds conditions that hold for every lead, whatever is known of it. */
export const findTautologies = (space: SearchSpace, places: readonly ConditionPath[]): Finding[] =>
  places
    .filter(({ condition }) => isSatisfiable(space, [constraint(condition, isNotYes)]) === 'no')
    .map(({ path, condition }) =>
      warning(path, condition, 'a condition that not every lead meets; every lead meets this one'),
    );
