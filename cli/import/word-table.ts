import { foldText } from './fold-text.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Returns the words of a text by UAX #29, in lower case; the dots of C.E.O. don't count. */
const splitWords = (text: string): string[] =>
  [...segmenter.segment(foldText(text))]
    .filter(({ isWordLike }) => isWordLike === true)
    .map(({ segment }) => segment.replaceAll('.', ''));

/** Returns a text with a blank around each of its words, so that a phrase of whole words is a part of it. */
const spaced = (text: string): string => ` ${splitWords(text).join(' ')} `;

/** Whether a text has a word, so that it can be looked for. */
export const hasWords = (text: string): boolean => splitWords(text).length > 0;

/**
 * Returns the function that finds the first value of which a text has a word or a phrase, whole words only: "CTO" is
 * not in "Director".
 *
 * @example createWordFinder({ executive: ['CEO', 'vice president'] })('Vice-President, EMEA') // 'executive'
 */
export const createWordFinder = (
  table: Readonly<Record<string, readonly string[]>>,
): ((text: string) => string | undefined) => {
  const phrases = Object.entries(table).map(([value, words]) => [value, words.map(spaced)] as const);
  return (text) => {
    const sought = spaced(text);
    return phrases.find(([, words]) => words.some((phrase) => sought.includes(phrase)))?.[0];
  };
};
