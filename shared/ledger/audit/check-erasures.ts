import type { Item } from '../../dynamodb/index.ts';
import { isErased, personalNames } from '../chain.ts';
import type { Finding } from './finding.ts';
import { placeIn } from './place.ts';

const about = (item: Item) => ({ ...placeIn(item), sk: item.sk?.S ?? '' });

/** An erased entry is bound by its commitment alone; whatever else stands in it, nobody vouches for. */
const smuggled = (item: Item): Finding[] => {
  const names = [...personalNames(item), ...(item.salt === undefined ? [] : ['salt'])];
  if (names.length === 0) return [];
  const sentence = `it counts as erased, and yet it has ${names.join(', ')}: nothing binds these to the chain`;
  return [{ code: 'edited', ...about(item), sentence }];
};

/**
 * Erased entries hold in the chain, so that an edit could pose as one: they belong into the ledgers of erased leads only.
 *
 * @param wasErased whether the lead was erased, or has become, by merges, one that was
 */
export const checkErasures = (entries: readonly Item[], wasErased: boolean): Finding[] =>
  entries.filter(isErased).flatMap((item): Finding[] => {
    if (wasErased) return smuggled(item);
    const sentence = 'it was erased, but its lead was not, nor any that the lead was merged into';
    return [{ code: 'erased-unasked', ...about(item), sentence }];
  });
