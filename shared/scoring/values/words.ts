import { foldCase } from './fold-case.ts';
import { compose } from './normalise.ts';

let segmenter: Intl.Segmenter | undefined;

/**
 * Divides a text by the rules of Unicode (UAX #29; scripts without spaces by ICU's dictionaries) into words and what is
 * between them.
 */
export const segmentWords = (text: string): Intl.Segments => {
  // Built when the first text comes: it loads data that most batches never need.
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(text);
};

/** A word, or a sign between words that is no blank and no dash. */
interface Token {
  readonly text: string;
  readonly isWord: boolean;
}

/** Blanks and dashes part words and say nothing more: "vice-president" is "vice president". */
const partsOnly = /^[\p{White_Space}\p{Dash_Punctuation}\p{Format}\p{Control}]*$/u;

/** An abbreviation such as C.T.O., which UAX #29 takes as one word: its dots say nothing more. */
const abbreviation = /^\p{Letter}(?:\.\p{Letter})+$/u;

const withoutDots = (text: string): string => (text.includes('.') ? text.replaceAll('.', '') : text);

/** @param folded a text that is composed and folded */
const listTokens = (folded: string): Token[] =>
  Array.from(segmentWords(folded), ({ segment, isWordLike }) => ({
    text: abbreviation.test(segment) ? withoutDots(segment) : segment,
    isWord: isWordLike === true,
  })).filter(({ text, isWord }) => isWord || !partsOnly.test(text));

/** Whether the words sought begin at a token. Signs between the words of the text may be passed over. */
const beginsAt = (tokens: readonly Token[], from: number, sought: readonly Token[]): boolean => {
  let next = 0;
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.text === sought[next]?.text) next++;
    else if (token.isWord || next === 0) return false;
    if (next === sought.length) return true;
  }
  return false;
};

/** Returns whether a text has a word or a sign, so that it can be looked for. */
export const hasWords = (text: string): boolean => listTokens(foldCase(compose(text))).length > 0;

/** Divides words that are sought. The dot of "Inc." or "C.T.O." at the end is one that texts often leave out. */
const listSought = (words: string): Token[] =>
  listTokens(foldCase(compose(words)).replace(/(?<=\p{Letter})\.\s*$/u, ''));

/** Returns the spellings of a token: letters may have dots between them. */
const listSpellings = ({ text }: Token): string[] =>
  /^\p{Letter}{2,}$/u.test(text) ? [text, [...text].join('.')] : [text];

/** The most words of which every combination of spellings is listed. */
const mostSpelt = 4;

/**
 * Returns texts that have the words, one after the other, spelt in every way that the search takes as the same; of many
 * words, in one way.
 *
 * @param between what parts the words: blanks, dashes, or characters that don't print
 */
export const spellWords = (words: string, between: string): string[] => {
  const sought = listSought(words);
  return sought
    .map((token) => (sought.length > mostSpelt ? [token.text] : listSpellings(token)))
    .reduce<string[]>(
      (texts, spellings, i) =>
        texts.flatMap((text) => spellings.map((one) => (i === 0 ? one : `${text}${between}${one}`))),
      [''],
    )
    .filter(compileWords(words));
};

/**
 * Compiles the search for a word, or for words one after the other. Case is ignored, and so are signs and blanks
 * between the words; a sign that is sought must be there.
 *
 * @example compileWords('CTO')('VP/CTO, EMEA') // true; of 'Director' it is false
 */
export const compileWords = (words: string): ((text: string) => boolean) => {
  const sought = listSought(words);
  const [first] = sought;
  return (text) => {
    if (first === undefined) return false;
    const folded = foldCase(text);
    // To divide a text into words costs a hundred times what it costs to see that the letters aren't there.
    if (!folded.includes(first.text) && !withoutDots(folded).includes(first.text)) return false;
    const tokens = listTokens(folded);
    return tokens.some((_token, i) => beginsAt(tokens, i, sought));
  };
};
