import type { Wording } from './facts.ts';
import { segmentWords } from './values/words.ts';

/** Any character that Unicode counts among numbers; numbers that are written as words are words. */
const figure = /\p{N}/u;

/**
 * Matches letters and digits of ASCII with at most one sign behind each word, and a blank or the end behind that. By UAX
 * #29, every run of these letters and digits is one word (WB5, WB8 to WB10), and a sign joins two only if another letter
 * or digit follows it at once (WB6, WB7, WB11, WB12).
 */
const plain = /^(?:[A-Za-z0-9]+[.,;:!?]?(?: +|$))+$/;

/** Measures a plain text, in which blanks part the words. */
const measurePlain = (text: string): Wording => {
  let words = 0;
  let figures = 0;
  let isIn = false;
  let hasFigure = false;
  for (let i = 0; i <= text.length; i++) {
    // Behind the end the code is NaN, which is in no range.
    const code = text.charCodeAt(i);
    const isDigit = code >= 0x30 && code <= 0x39;
    if (isDigit || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) {
      if (!isIn) words++;
      isIn = true;
      if (isDigit && !hasFigure) figures++;
      hasFigure ||= isDigit;
    } else {
      isIn = false;
      hasFigure = false;
    }
  }
  return [words, figures];
};

/**
 * Measures the wording of a text. Words are those of Unicode (UAX #29; for scripts without spaces, by ICU's
 * dictionaries), so that an answer counts alike in every language; words with a figure in them count besides.
 */
export const measureWording = (text: string): Wording => {
  // To divide a text by ICU makes an object for each word and blank.
  if (plain.test(text)) return measurePlain(text);
  let words = 0;
  let figures = 0;
  for (const { segment, isWordLike } of segmentWords(text)) {
    if (isWordLike !== true) continue;
    words++;
    if (figure.test(segment)) figures++;
  }
  return [words, figures];
};
