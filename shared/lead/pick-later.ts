import type { Dated } from '../scoring/index.ts';
import { sortedJson } from './sorted-json.ts';

/**
 * Returns the later of two dated values; of one instant, the one whose JSON sorts last. That choice is arbitrary, but
 * the same in whatever order the two arrive.
 */
export const pickLater = <T>(a: Dated<T> | undefined, b: Dated<T>): Dated<T> => {
  if (a === undefined || b[1] > a[1]) return b;
  if (b[1] < a[1]) return a;
  return sortedJson(b[0]) > sortedJson(a[0]) ? b : a;
};
