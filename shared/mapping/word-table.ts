import { compileWords } from '../../shared/scoring/index.ts';

/**
 * Returns the function that finds the first value of which a text has a word or a phrase, whole words only: "CTO" is
 * not in "Director". A text has a word exactly if the operator `hasWord` of scoring models says so.
 *
 * @example createWordFinder({ executive: ['CEO', 'vice president'] })('Vice-President, EMEA') // 'executive'
 */
export const createWordFinder = (
  table: Readonly<Record<string, readonly string[]>>,
): ((text: string) => string | undefined) => {
  const values = Object.entries(table).map(([value, words]) => [value, words.map(compileWords)] as const);
  return (text) => values.find(([, tests]) => tests.some((isIn) => isIn(text)))?.[0];
};
