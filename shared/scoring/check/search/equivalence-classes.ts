import type { Condition } from '../../document/condition.ts';
import { keyOfRead, listReads, type Read } from '../../document/reads.ts';
import { isReader } from '../../document/walk.ts';
import type { Reading } from '../../reading.ts';
import { listAssignments } from './assignments.ts';
import type { Variable } from './dependencies.ts';
import type { Assignment, SearchSpace } from './search-space.ts';

const noSections: ReadonlySet<never> = new Set();
const tooMany = 1_000;

/** Whether the value is known: as long as it is not, a part of the slide that reads it is open. */
const isKnown = (read: Read, { facts }: Reading): boolean => {
  if (read.kind === 'attribute') return Object.hasOwn(facts.attributes, read.name);
  return read.kind === 'answer' ? Object.hasOwn(facts.answers, read.name) : true;
};

const readsMore = (leaf: Condition): boolean => isReader(leaf) && listReads(leaf).length > 1;

const findClasses = (
  space: SearchSpace,
  read: Read,
  leaves: readonly Condition[],
): readonly Assignment[] | undefined => {
  const assignments = listAssignments(space, read, leaves);
  // To find out that they are too many costs as much.
  if (!space.spend(assignments?.length ?? tooMany) || assignments === undefined) return undefined;
  // A condition that reads something else as well may distinguish more than is visible here.
  if (leaves.some(readsMore)) return assignments;
  const tests = leaves.map(space.compile);
  const classes = new Map<string, Assignment>();
  for (const assignment of assignments) {
    const reading = space.read([assignment], noSections);
    const results = `${tests.map((test) => test(reading)).join('')}${isKnown(read, reading)}`;
    if (!classes.has(results)) classes.set(results, assignment);
  }
  return [...classes.values()];
};

/**
 * Finds the equivalence classes of a variable, with one assignment of each: most values give the same results.
 *
 * @returns undefined if they are too many
 */
export const findEquivalenceClasses = (
  space: SearchSpace,
  { read, leaves }: Variable,
): readonly Assignment[] | undefined => {
  const conditions = [...leaves];
  return space.memoize(keyOfRead(read), conditions, () => findClasses(space, read, conditions));
};
