import type { Dated } from '../scoring/index.ts';
import { inOrder } from './in-order.ts';

/**
 * The later of two dated values. Of one instant, the one whose JSON sorts last: arbitrary, but the same in
 * whatever order they arrive.
 */
export const later = <T>(a: Dated<T> | undefined, b: Dated<T>): Dated<T> => {
  if (a === undefined || b[1] > a[1]) return b;
  if (b[1] < a[1]) return a;
  return inOrder(b[0]) > inOrder(a[0]) ? b : a;
};
