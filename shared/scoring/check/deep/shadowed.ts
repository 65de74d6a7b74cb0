import type { Constraint } from '../search/constraints.ts';
import { isSatisfiable } from '../search/satisfiable.ts';
import type { SearchSpace } from '../search/search-space.ts';

/** One of several rules, the first of which that applies counts. */
export interface Ranked {
  readonly path: string;
  readonly applies: Constraint;
  readonly appliesNot: Constraint;
}

const isSame = (a: Ranked, b: Ranked): boolean => JSON.stringify(a.applies) === JSON.stringify(b.applies);

/**
 * Finds what shadows a rule: one of the rules before it that applies whenever it does, or several of them together.
 *
 * @returns words to go on with, such as "lanes[0] applies"; undefined if nothing does, or it would take too long to
 * find out
 */
export const findShadowing = (
  space: SearchSpace,
  rule: Ranked,
  before: readonly Ranked[],
): string | undefined => {
  if (before.length === 0) return undefined;
  const unshadowed = isSatisfiable(space, [rule.applies, ...before.map(({ appliesNot }) => appliesNot)]);
  if (unshadowed === 'yes') return undefined;
  const one = before.find(
    (other) => isSame(other, rule) || isSatisfiable(space, [rule.applies, other.appliesNot]) === 'no',
  );
  if (one !== undefined) return `${one.path} applies`;
  return unshadowed === 'no' ? 'those before it, together, apply' : undefined;
};
