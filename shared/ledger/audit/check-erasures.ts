import type { Item } from '../../dynamodb/index.ts';
import { isErased, personalNames } from '../chain.ts';
import { parsePosition } from './entry-position.ts';
import type { Finding } from './finding.ts';

const at = (item: Item) => ({ ...parsePosition(item), sk: item.sk?.S ?? '' });

/** The commitment alone binds an erased entry to the chain: what else it has was added later. */
const checkLeftovers = (item: Item): Finding[] => {
  const names = [...personalNames(item), ...(item.salt === undefined ? [] : ['salt'])];
  if (names.length === 0) return [];
  const sentence = `it counts as erased, and yet it has ${names.join(', ')}: nothing binds these to the chain`;
  return [{ code: 'unreadable', ...at(item), sentence }];
};

/**
 * Checks that a ledger has erased entries only if its lead was erased: their hashes hold in the chain, so that an edit
 * could pose as an erasure.
 *
 * @param wasErased whether the lead was erased, or merged, directly or not, into one that was
 */
export const checkErasures = (entries: readonly Item[], wasErased: boolean): Finding[] =>
  entries.filter(isErased).flatMap((item): Finding[] => {
    if (wasErased) return checkLeftovers(item);
    const sentence = 'it was erased, but its lead was not, nor any that the lead was merged into';
    return [{ code: 'erased-unasked', ...at(item), sentence }];
  });
