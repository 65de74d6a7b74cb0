import type { Wording } from '../facts.ts';
import { type Cut, classesOf, type NumberClass } from './number-classes.ts';

/** A way of giving an answer, by one that is so. */
export interface WordingCandidate {
  readonly wording: Wording;
  /** Such as "8 words or more, with figures". */
  readonly label: string;
}

/** The whole numbers of a class. */
const wholeOf = ({ lower, upper }: NumberClass): { least: number; most: number | undefined } => ({
  least: lower === undefined ? 0 : lower.after ? Math.floor(lower.at) + 1 : Math.ceil(lower.at),
  most: upper === undefined ? undefined : upper.after ? Math.floor(upper.at) : Math.ceil(upper.at) - 1,
});

const wordsLabel = (words: NumberClass): string => {
  const { least, most } = wholeOf(words);
  if (most === undefined) return least <= 1 ? 'any words' : `${least} words or more`;
  const noun = most === 1 ? 'word' : 'words';
  if (words.lower === undefined) return `at most ${most} ${noun}`;
  return least === most ? `${most} ${noun}` : `${least} to ${most} words`;
};

const figuresLabel = (figures: NumberClass): string => {
  const { least, most } = wholeOf(figures);
  if (most === undefined) return least <= 1 ? 'with figures' : `with ${least} figures or more`;
  return most === 0 ? 'without figures' : `with at most ${most} figures`;
};

const labelOf = (words: NumberClass, figures: NumberClass, looksAtFigures: boolean): string =>
  looksAtFigures ? `${wordsLabel(words)}, ${figuresLabel(figures)}` : wordsLabel(words);

/** The ways of giving an answer that a model can tell apart; none where it doesn't look. */
export const wordingsOf = (words: readonly Cut[], figures: readonly Cut[]): WordingCandidate[] => {
  if (words.length === 0 && figures.length === 0) return [];
  return classesOf(words, { from: 1 }).flatMap((ofWords) =>
    classesOf(figures, { from: 0 }).flatMap((ofFigures): WordingCandidate[] => {
      const most = wholeOf(ofWords).most;
      // A figure is a word, too.
      const count = Math.max(ofWords.value, ofFigures.value);
      if (most !== undefined && count > most) return [];
      return [{ wording: [count, ofFigures.value], label: labelOf(ofWords, ofFigures, figures.length > 0) }];
    }),
  );
};
