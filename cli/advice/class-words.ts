import type { FactValue } from '../../events/index.ts';
import type { Candidate, CountRange, NumberRange } from '../../shared/scoring/index.ts';

/** Returns a range of numbers in words, such as "80 or more, below 90", "more than 6", "any number". */
export const rangeWords = ({ lower, upper }: NumberRange): string => {
  if (lower !== undefined && lower.at === upper?.at) return String(lower.at);
  const least = lower && (lower.included ? `${lower.at} or more` : `more than ${lower.at}`);
  const most = upper && (upper.included ? `up to ${upper.at}` : `below ${upper.at}`);
  if (least !== undefined && most !== undefined) return `${least}, ${most}`;
  return least ?? (upper?.included ? `${upper.at} or less` : most) ?? 'any number';
};

/** Returns a range of counts of words in words, such as "3 to 5 words"; undefined if any count will do. */
export const wordCountWords = ({ least, most }: CountRange): string | undefined => {
  const noun = most === 1 ? 'word' : 'words';
  if (least === undefined) return most === undefined ? undefined : `at most ${most} ${noun}`;
  if (most === undefined) return `${least} words or more`;
  return least === most ? `${least} ${noun}` : `${least} to ${most} ${noun}`;
};

/** Returns a range of counts of figures in words, such as "without figures"; undefined if any count will do. */
export const figureCountWords = ({ least, most }: CountRange): string | undefined => {
  const noun = most === 1 ? 'figure' : 'figures';
  if (least === undefined) {
    return most === undefined ? undefined : most === 0 ? 'without figures' : `with at most ${most} ${noun}`;
  }
  if (most === undefined) return least === 1 ? 'with figures' : `with ${least} figures or more`;
  return least === most ? `with ${least} ${noun}` : `with ${least} to ${most} ${noun}`;
};

const plainWords = (value: FactValue): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') : String(value);
};

/** Returns the values for which a candidate stands, in words, such as "approved", "80 or more", "something else". */
export const valueWords = ({ value, range, other, any }: Candidate): string => {
  if (any) return 'given';
  if (other) return Array.isArray(value) ? 'none of them' : 'something else';
  return range === undefined ? plainWords(value) : rangeWords(range);
};

/**
 * Returns the values and the wordings for which a candidate stands, such as "approved, in 8 words or more, with
 * figures".
 */
export const candidateWords = (candidate: Candidate): string => {
  const { any, wordingClass } = candidate;
  if (wordingClass === undefined) return valueWords(candidate);
  const words = wordCountWords(wordingClass.words) ?? 'any words';
  const figures = figureCountWords(wordingClass.figures);
  const wording = figures === undefined ? words : `${words}, ${figures}`;
  return any ? wording : `${valueWords(candidate)}, in ${wording}`;
};
