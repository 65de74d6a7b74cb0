const beyondAscii = /[\u0080-\uffff]/;

/** The small dotless i: its capital is I, but I is not its fold, nor is i. */
const dotlessI = 'ı';

const isOne = (text: string, like: string): boolean =>
  text.length === like.length && String.fromCodePoint(text.codePointAt(0) ?? 0).length === text.length;

/**
 * Folds one character. Letters with several small forms (s and ſ, σ and ς) meet in their capital, so the fold is the
 * small form of the capital; a form of another length (ß as SS, İ as i and a dot) is none of simple folding.
 */
const foldCharacter = (character: string): string => {
  if (character === dotlessI) return character;
  const upper = character.toUpperCase();
  const lower = (isOne(upper, character) ? upper : character).toLowerCase();
  return isOne(lower, character) ? lower : character;
};

/**
 * Folds the case of a text, one character for one (Unicode's simple case folding), the same in every language: two
 * texts that differ in nothing but case have the same fold. The length stays.
 *
 * @example foldCase('ΣΊΣΥΦΟΣ') === foldCase('σίσυφος') // true
 */
export const foldCase = (text: string): string =>
  beyondAscii.test(text) ? Array.from(text, foldCharacter).join('') : text.toLowerCase();
