import type { Item } from '../../../shared/dynamodb/index.ts';
import { once } from './once.ts';
import { identityIn, isSecond, leadsIn } from './reading.ts';

/** All entries of all leads but the second ones of merges, by what makes their event one. */
export const entriesByIdentity = once((evidence): ReadonlyMap<string, readonly Item[]> => {
  const entries = [...leadsIn(evidence).values()].flatMap(({ entries }) => entries);
  return Map.groupBy(
    entries.filter((item) => !isSecond(item)),
    identityIn,
  );
});
