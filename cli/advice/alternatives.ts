import type { Candidate } from '../../shared/scoring/index.ts';
import { joinRanges, runsOf } from './ranges.ts';
import { wordingWords } from './wordings.ts';

/** Of which an answer or attribute may be one, in words. */
export interface Alternatives {
  /** Such as "approved or planned"; undefined where any value will do. */
  readonly values: string | undefined;
  /** Such as "in 6 words or more, with figures"; undefined where it doesn't matter. */
  readonly wording: string | undefined;
}

export const orList = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`;

const sameValue = (a: Candidate, b: Candidate): boolean =>
  JSON.stringify(a.value) === JSON.stringify(b.value);

/** A label without what it says of the wording, which stands last. */
const valueLabel = ({ value, label, wording }: Candidate): string => {
  // Of several lists, commas would not say where one ends.
  if (Array.isArray(value) && value.length > 1) return value.join(' + ');
  if (wording === undefined) return label;
  const end = label.lastIndexOf(', in ');
  return end < 0 ? '' : label.slice(0, end);
};

const other = 'something else';

/** "something else" needs to be told what it is not. */
const namesOf = (all: readonly Candidate[], chosen: readonly Candidate[]): string => {
  const rest = all.filter((candidate) => !chosen.some((one) => sameValue(one, candidate)));
  if (chosen.some(({ label }) => label === other) && rest.length > 0 && rest.length <= 3) {
    return `anything but ${orList(rest.map(valueLabel))}`;
  }
  return orList(chosen.map(valueLabel));
};

const isNumber = ({ value }: Candidate): boolean => typeof value === 'number';

/** One candidate of each value. */
const byValue = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter((candidate, i) => candidates.findIndex((one) => sameValue(one, candidate)) === i);

const valuesWords = (all: readonly Candidate[], chosen: readonly Candidate[]): string | undefined => {
  const [values, wanted] = [byValue(all), byValue(chosen)];
  if (wanted.every((candidate) => valueLabel(candidate) === '')) return undefined;
  const numbers = values.filter(isNumber);
  const places = new Set(
    wanted.filter(isNumber).map((candidate) => numbers.findIndex((one) => sameValue(one, candidate))),
  );
  const ranges = runsOf([...numbers.keys()], places).map((run) =>
    joinRanges(run.map((place) => valueLabel(numbers[place] as Candidate)) as [string, ...string[]]),
  );
  const named = wanted.filter((candidate) => !isNumber(candidate));
  return orList([...(named.length > 0 ? [namesOf(values, named)] : []), ...ranges]);
};

/**
 * The candidates that were chosen among all of a name, in as few words as say it. Wordings that differ from value to value
 * are told value by value.
 */
export const alternativesOf = (all: readonly Candidate[], chosen: readonly Candidate[]): Alternatives[] => {
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
