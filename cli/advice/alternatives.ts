import type { Candidate } from '../../shared/scoring/index.ts';
import { rangeWords, valueWords } from './class-words.ts';
import { findRuns } from './runs.ts';
import { wordingWords } from './wordings.ts';

/** The alternatives for an answer or an attribute, in words. */
export interface Alternatives {
  /** The values, such as "approved or planned"; undefined if any value will do. */
  readonly values: string | undefined;
  /** The wordings, such as "in 6 words or more, with figures"; undefined if the wording doesn't matter. */
  readonly wording: string | undefined;
}

export const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

const sameValue = (a: Candidate, b: Candidate): boolean =>
  JSON.stringify(a.value) === JSON.stringify(b.value);

const formatCandidate = (candidate: Candidate): string => {
  const { value } = candidate;
  // With commas, nobody could see where one list ends and the next begins.
  return Array.isArray(value) && value.length > 1 ? value.join(' + ') : valueWords(candidate);
};

const isOtherText = ({ other, value }: Candidate): boolean => other === true && !Array.isArray(value);

/**
 * Returns the names of the chosen values. "Something else" is named by the values that it excludes, if they are few.
 */
const formatCandidates = (all: readonly Candidate[], chosen: readonly Candidate[]): string => {
  const rest = all.filter((candidate) => !chosen.some((one) => sameValue(one, candidate)));
  return chosen.some(isOtherText) && rest.length > 0 && rest.length <= 3
    ? `anything but ${orList(rest.map(formatCandidate))}`
    : orList(chosen.map(formatCandidate));
};

/** Returns the first candidate of each value. */
const byValue = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((candidate, i) => candidates.findIndex((one) => sameValue(one, candidate)) === i);

const valuesWords = (all: readonly Candidate[], chosen: readonly Candidate[]): string | undefined => {
  const [values, wanted] = [byValue(all), byValue(chosen)];
  if (wanted.every(({ any }) => any)) return undefined;
  const numbers = values.flatMap(({ value, range }) => (range === undefined ? [] : [{ value, range }]));
  const inRange = new Set(numbers.filter((number) => wanted.some((one) => sameValue(one, number))));
  const ranges = findRuns(numbers, inRange).map((run) => {
    const { lower } = run[0].range;
    const { upper } = (run.at(-1) ?? run[0]).range;
    return rangeWords({ ...(lower && { lower }), ...(upper && { upper }) });
  });
  const named = wanted.filter(({ range }) => range === undefined);
  return orList([...(named.length > 0 ? [formatCandidates(values, named)] : []), ...ranges]);
};

/**
 * Returns the chosen candidates of a name in words, as briefly as possible. If the wording depends on the value, each
 * wording is listed with its values.
 */
export const groupAlternatives = (
  all: readonly Candidate[],
  chosen: readonly Candidate[],
): Alternatives[] => {
  const groups = new Map<string, Candidate[]>();
  for (const value of byValue(chosen)) {
    const own = chosen.filter((candidate) => sameValue(candidate, value));
    const ways = all.filter((candidate) => sameValue(candidate, value));
    const wording = wordingWords(ways, own);
    groups.set(wording, [...(groups.get(wording) ?? []), ...own]);
  }
  return [...groups].map(([wording, own]) => ({
    values: valuesWords(all, own),
    wording: wording === '' ? undefined : wording,
  }));
};
