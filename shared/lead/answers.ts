import type { FactValue } from '../../events/index.ts';
import {
  type AnswerFact,
  type Dated,
  type EarlierValue,
  isSameLiteral,
  readNumber,
  type Wording,
} from '../scoring/index.ts';
import { sortedJson } from './sorted-json.ts';

/** The number of values of one question that are remembered, including the last one. */
const mostValues = 4;
const longestText = 64;

/**
 * Returns whether answers to one question are compared by this value. Lists and long texts are not: no answer goes back
 * to one.
 */
const isComparable = (value: FactValue): value is EarlierValue =>
  typeof value === 'string' ? value.length <= longestText : typeof value !== 'object' || value === null;

/**
 * Sorts the later answer first; of two answers of one instant, the one whose JSON sorts last, whatever their order of
 * arrival.
 */
const latestFirst = ([a, atA]: Dated<FactValue>, [b, atB]: Dated<FactValue>): number =>
  atB - atA || (sortedJson(a) > sortedJson(b) ? -1 : 1);

/** Returns whether two answers are the same, as a model compares them: in whatever case, 5 or "5". */
const isSame = (a: EarlierValue, b: FactValue): boolean => {
  if (a === null || b === null || typeof b === 'object') return a === b;
  const number = readNumber(a);
  return number === undefined ? isSameLiteral(a, b) : number === readNumber(b);
};

/** Adds a value; of the spellings of one value, the last remains. */
const withValue = (
  values: readonly Dated<EarlierValue>[],
  added: Dated<EarlierValue>,
): Dated<EarlierValue>[] => {
  const before = values.find(([other]) => isSame(other, added[0]));
  if (before === undefined) return [...values, added];
  return [...values.filter((other) => other !== before), latestFirst(before, added) < 0 ? before : added];
};

/** Drops the values from before an answer was withdrawn: they are withdrawn as well. */
const sinceWithdrawn = (values: readonly Dated<EarlierValue>[]): readonly Dated<EarlierValue>[] => {
  const withdrawn = values.findIndex(([value]) => value === null);
  return withdrawn === -1 ? values : values.slice(0, withdrawn + 1);
};

/** Returns the fullest wording, whenever it was given: a bare repetition later doesn't reduce it. */
const fuller = (a: Wording | null, b: Wording | null): Wording | null =>
  a === null || b === null ? (a ?? b) : [Math.max(a[0], b[0]), Math.max(a[1], b[1])];

/** Builds an answer without empty fields at its end, so that one that is only a value takes no more space than that. */
const answerFact = (
  [value, at]: Dated<FactValue>,
  wording: Wording | null,
  earlier: readonly Dated<EarlierValue>[],
): AnswerFact => {
  if (earlier.length > 0) return [value, at, wording, earlier];
  return wording === null ? [value, at] : [value, at, wording];
};

/**
 * Adds an answer to the earlier ones. The same answers give the same fact in whatever order: the last answer counts,
 * each value has the time of its last answer, and the fullest wording remains. The oldest values beyond a few are
 * forgotten. Since a value only moves to the front, a forgotten one could not have come back in another order.
 */
export const withAnswer = (
  before: AnswerFact | undefined,
  value: FactValue,
  at: number,
  wording: Wording | null = null,
): AnswerFact => {
  if (before === undefined) return answerFact([value, at], wording, []);
  const statements: Dated<FactValue>[] = [
    [value, at],
    [before[0], before[1]],
  ];
  const [last] = statements.toSorted(latestFirst) as [Dated<FactValue>];
  const values = statements
    .filter((statement): statement is Dated<EarlierValue> => isComparable(statement[0]))
    .reduce(withValue, [...(before[3] ?? [])]);
  const remembered = sinceWithdrawn(values.toSorted(latestFirst)).slice(0, mostValues);
  // A value that isn't compared drops none either, although a long decimal may be the same number.
  const earlier = isComparable(last[0])
    ? remembered.filter(([other]) => !isSame(other, last[0]))
    : remembered;
  return answerFact(last, fuller(wording, before[2] ?? null), earlier);
};
