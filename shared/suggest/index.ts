import { distance } from 'fastest-levenshtein';

/** Returns a name without case and separators: `job_title`, `Job title` and `jobTitle` count as one name. */
const withoutSpelling = (name: string): string => name.replace(/[\s_.-]+(?=\p{L})/gu, '').toLowerCase();

/** Not quite a third of the characters may be wrong: more would suggest what nobody meant, such as mql for sql. */
const mostEdits = (a: string, b: string): number => Math.floor((Math.max(a.length, b.length) - 1) / 3);

/** The longest name that is compared: the time grows with the product of two lengths, and nobody types a longer one. */
const longestCompared = 200;

/**
 * Returns the name that was probably meant, the first of several that are equally near, or `undefined` if none is near.
 *
 * @example findNearest('orgin', ['origin', 'country']) // 'origin'
 */
export const findNearest = (given: string, names: Iterable<string>): string | undefined => {
  if (given.length > longestCompared) return undefined;
  const sought = withoutSpelling(given);
  let found: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of names) {
    if (name.length > longestCompared) continue;
    const candidate = withoutSpelling(name);
    const most = mostEdits(sought, candidate);
    if (Math.abs(candidate.length - sought.length) > most) continue;
    const away = distance(sought, candidate);
    if (away <= most && away < least) {
      found = name;
      least = away;
    }
  }
  return found;
};

/** Returns a name in quotes if it could not be told from the list around it without them. */
const quoteIfUnclear = (name: string): string =>
  name === '' || name !== name.trim() || name.includes(', ') ? JSON.stringify(name) : name;

/** Returns names as a list, of which only the first are shown if there are more. */
export const listFirst = (names: readonly string[], most: number): string => {
  const list = names.slice(0, most).map(quoteIfUnclear).join(', ');
  return names.length > most ? `${list} … (${names.length} in all)` : list;
};

/** Returns what is allowed, with the name that was probably meant. */
export const orMeant = (allowed: string, given: string, names: Iterable<string>): string => {
  const meant = findNearest(given, names);
  return meant === undefined ? allowed : `${allowed}; did you mean ${meant}?`;
};
