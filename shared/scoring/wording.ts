import type { Wording } from './facts.ts';
import { segmentWords } from './values/words.ts';

/** Any character that Unicode counts among numbers; numbers that are written as words are words. */
const figure = /\p{N}/u;

/**
 * Measures the wording of a text. Words are those of Unicode (UAX #29; for scripts without spaces, by ICU's
 * dictionaries), so that an answer counts alike in every language; words with a figure in them count besides.
 */
export const measureWording = (text: string): Wording => {
  let words = 0;
  let figures = 0;
  for (const { segment, isWordLike } of segmentWords(text)) {
    if (isWordLike !== true) continue;
    words++;
    if (figure.test(segment)) figures++;
  }
  return [words, figures];
};
