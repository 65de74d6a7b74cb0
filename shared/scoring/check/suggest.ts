import { showValue } from '../../../events/index.ts';
import { findNearest, listFirst } from '../../suggest/index.ts';

const mostListed = 10;

/** Returns words such as "a dimension of this model; did you mean fit?"; with all names if none is near. */
export const describeChoices = (what: string, given: string, names: readonly string[]): string => {
  if (names.length === 0) return `${what}, which has none`;
  const meant = findNearest(given, names);
  return meant === undefined ? `${what}: ${listFirst(names, mostListed)}` : `${what}; did you mean ${meant}?`;
};

/**
 * Returns the same for values, which are shown as JSON. One of another type, such as "5" for 5, is as near as can be.
 */
export const describeValueChoices = (what: string, given: unknown, values: readonly unknown[]): string => {
  const shown = values.map(showValue);
  const meant = findNearest(String(given), values.map(String));
  const at = values.findIndex((value) => String(value) === meant);
  return at < 0 ? `${what}: ${listFirst(shown, mostListed)}` : `${what}; did you mean ${shown[at]}?`;
};
