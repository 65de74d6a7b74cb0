import type { Wording } from '../facts.ts';
import { type Cut, computeClasses, type NumberRange } from './number-classes.ts';
import type { Tried } from './sets.ts';

/** Whole numbers from `least` to `most`, both included. Without `least` it has no least one, without `most` no greatest. */
export interface CountRange {
  readonly least?: number;
  readonly most?: number;
}

/** Ways of wording an answer that no test of a model distinguishes. */
export interface WordingClass {
  readonly words: CountRange;
  readonly figures: CountRange;
}

/** A class of wordings, and one wording of it. */
export interface WordingCandidate {
  readonly wording: Wording;
  readonly wordingClass: WordingClass;
}

/** Every answer has a word. */
const fewestWords = 1;
const fewestFigures = 0;

/** Returns the whole numbers of a range; one that begins with the fewest there can be has no `least`. */
const computeCountRange = ({ lower, upper }: NumberRange, fewest: number): CountRange => {
  const least =
    lower === undefined ? fewest : lower.included ? Math.ceil(lower.at) : Math.floor(lower.at) + 1;
  return {
    ...(least > fewest && { least }),
    ...(upper !== undefined && {
      most: upper.included ? Math.floor(upper.at) : Math.ceil(upper.at) - 1,
    }),
  };
};

/** The most wordings of which every one is tried. */
const mostWordings = 200;

/**
 * Returns a wording of each class that a model distinguishes: none if it doesn't look at wordings, and only some, the
 * fewest and the most figures, if there are very many.
 */
export const listWordings = (words: readonly Cut[], figures: readonly Cut[]): Tried<WordingCandidate> => {
  if (words.length === 0 && figures.length === 0) return { all: [], complete: true };
  const ofWords = computeClasses(words, { from: fewestWords });
  const ofFigures = computeClasses(figures, { from: fewestFigures });
  const complete = ofWords.length * ofFigures.length <= mostWordings;
  const edges = [ofFigures[0], ofFigures.at(-1)].filter((figure) => figure !== undefined);
  const all = ofWords.flatMap((word) =>
    (complete ? ofFigures : edges).flatMap((figure): WordingCandidate[] => {
      const wordingClass = {
        words: computeCountRange(word.range, fewestWords),
        figures: computeCountRange(figure.range, fewestFigures),
      };
      // A figure is a word, too.
      const count = Math.max(word.value, figure.value);
      const { most } = wordingClass.words;
      return most !== undefined && count > most ? [] : [{ wording: [count, figure.value], wordingClass }];
    }),
  );
  return { all, complete };
};
