import type { Item } from '../../dynamodb/index.ts';
import { isErased, personalNames } from '../chain.ts';
import { parsePosition } from './entry-position.ts';
import type { Finding } from './finding.ts';

const at = (item: Item) => ({ ...parsePosition(item), sk: item.sk?.S ?? '' });

/**
 * Finds attributes that an erased entry must not have. Only its commitment binds it to the chain: anything else was
 * added later.
 */
const checkLeftovers = (item: Item): Finding[] => {
  const names = [...personalNames(item), ...(item.salt === undefined ? [] : ['salt'])];
  if (names.length === 0) return [];
  const sentence = `it is erased but has ${names.join(', ')}, which the chain doesn't protect`;
  return [{ code: 'unreadable', ...at(item), sentence }];
};

/**
 * Checks that a ledger has erased entries only if its lead was erased. The hashes of erased entries are valid in the
 * chain, so an edit could pose as an erasure.
 *
 * @param wasErased whether the lead was erased, or merged, directly or not, into one that was
 */
export const checkErasures = (entries: readonly Item[], wasErased: boolean): Finding[] =>
  entries.filter(isErased).flatMap((item): Finding[] => {
    if (wasErased) return checkLeftovers(item);
    const sentence =
      'it is erased, but its lead was not erased, and no lead that its lead was merged into was either';
    return [{ code: 'erased-unasked', ...at(item), sentence }];
  });
