import type { Claim } from '../search/claims.ts';
import { possible } from '../search/possible.ts';
import type { Space } from '../search/space.ts';

/** One of several rules of which the first that applies counts. */
export interface Ranked {
  readonly path: string;
  readonly applies: Claim;
  readonly appliesNot: Claim;
}

const isSame = (a: Ranked, b: Ranked): boolean => JSON.stringify(a.applies) === JSON.stringify(b.applies);

/**
 * What hides a rule: one of the rules before it that applies whenever it does, or several of them together.
 *
 * @returns words to go on with, such as "lanes[0] applies"; undefined where nothing does, or it would take too long to say
 */
export const hiddenBy = (space: Space, rule: Ranked, before: readonly Ranked[]): string | undefined => {
  if (before.length === 0) return undefined;
  const unhidden = possible(space, [rule.applies, ...before.map(({ appliesNot }) => appliesNot)]);
  if (unhidden === 'yes') return undefined;
  const one = before.find(
    (other) => isSame(other, rule) || possible(space, [rule.applies, other.appliesNot]) === 'no',
  );
  if (one !== undefined) return `${one.path} applies`;
  return unhidden === 'no' ? 'those before it, together, apply' : undefined;
};
