import type { FactValue } from '../../events/index.ts';
import type { AnswerFact, Dated, Wording } from '../scoring/index.ts';
import { inOrder } from './in-order.ts';

type Short = string | number | boolean;

/** Values of one question that are remembered, the one said last among them. */
const mostValues = 4;
const longestText = 64;

/** What answers to one question are compared by; a list or a long text is no choice that one could go back on. */
const isShort = (value: FactValue): value is Short =>
  typeof value === 'string' ? value.length <= longestText : value !== null && typeof value !== 'object';

/** Of two answers the one said later; of one instant, the one whose JSON sorts last, whatever their order of arrival. */
const compare = (
  [a, atA, wordingA]: readonly [FactValue, number, (Wording | null)?, ...unknown[]],
  [b, atB, wordingB]: readonly [FactValue, number, (Wording | null)?, ...unknown[]],
): number => {
  if (atA !== atB) return atB - atA;
  const [textA, textB] = [inOrder(a), inOrder(b)];
  if (textA !== textB) return textA > textB ? -1 : 1;
  return inOrder(wordingA ?? null) >= inOrder(wordingB ?? null) ? -1 : 1;
};

const withLatest = (values: readonly Dated<Short>[], [value, at]: Dated<Short>): Dated<Short>[] => {
  const before = values.find(([other]) => other === value);
  const latest: Dated<Short> = [value, Math.max(at, before?.[1] ?? at)];
  return [...values.filter((other) => other !== before), latest];
};

const valuesOf = ([value, at, , earlier = []]: AnswerFact): Dated<Short>[] =>
  isShort(value) ? withLatest(earlier, [value, at]) : [...earlier];

/** Without trailing blanks, so that an answer that is nothing but a value takes no more room than that. */
const answerFact = (
  value: FactValue,
  at: number,
  wording: Wording | null,
  earlier: readonly Dated<Short>[],
): AnswerFact => {
  if (earlier.length > 0) return [value, at, wording, earlier];
  return wording === null ? [value, at] : [value, at, wording];
};

/**
 * Adds an answer to what was answered before. The same answers give the same fact in whatever order: the last said
 * counts, and of each value the last time. The oldest beyond a few are forgotten; since a value only moves to the front,
 * one that was forgotten could not have come back by another order.
 */
export const withAnswer = (
  before: AnswerFact | undefined,
  value: FactValue,
  at: number,
  wording: Wording | null = null,
): AnswerFact => {
  if (before === undefined) return answerFact(value, at, wording, []);
  const said = [value, at, wording] as const;
  const last = compare(said, before) < 0 ? said : before;
  const values = isShort(value) ? withLatest(valuesOf(before), [value, at]) : valuesOf(before);
  const kept = values.toSorted(compare).slice(0, mostValues);
  const earlier = kept.filter(([other]) => other !== last[0]);
  return answerFact(last[0], last[1], last[2] ?? null, earlier);
};
