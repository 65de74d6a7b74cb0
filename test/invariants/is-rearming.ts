import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../shared/dynamodb/index.ts';
import type { Written } from './evidence.ts';
import { unfoldedNames } from './reading.ts';

const withoutDue = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => !unfoldedNames.has(name)));

/** Whether a write of a state only moves it in the index by due time: that is no commit, and has no version. */
export const isRearming = ({ before, after }: Written): boolean =>
  before !== undefined && after !== undefined && isDeepStrictEqual(withoutDue(before), withoutDue(after));
