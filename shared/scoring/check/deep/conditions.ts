import type { Place } from '../../document/places.ts';
import { error, type Finding, hasErrorWithin, warning } from '../finding.ts';
import { nodesOf } from '../nodes.ts';
import { claim, isNotYes, isYes } from '../search/claims.ts';
import { possible } from '../search/possible.ts';
import type { Space } from '../search/space.ts';

/**
 * Conditions, and parts of conditions, that hold for no lead. Of those within each other the innermost is named: the
 * others follow from it.
 *
 * @param before what was found: what is wrong in itself needs no other finding
 */
export const neverHolding = (
  space: Space,
  places: readonly Place[],
  before: readonly Finding[],
): Finding[] => {
  const found: Finding[] = [];
  for (const { path, condition } of places.flatMap(nodesOf)) {
    if (hasErrorWithin(before, path) || hasErrorWithin(found, path)) continue;
    if (possible(space, [claim(condition, isYes)]) === 'no') {
      found.push(error(path, condition, 'a condition that some lead can meet; none meets this one'));
    }
  }
  return found;
};

/** Conditions that hold for every lead, whatever is known of it. */
export const alwaysHolding = (space: Space, places: readonly Place[]): Finding[] =>
  places
    .filter(({ condition }) => possible(space, [claim(condition, isNotYes)]) === 'no')
    .map(({ path, condition }) =>
      warning(path, condition, 'a condition that not every lead meets; every lead meets this one'),
    );
