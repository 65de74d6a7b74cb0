import type { Wording } from '../facts.ts';
import { type Cut, classesOf, type NumberClass } from './number-classes.ts';
import type { Tried } from './sets.ts';

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

/** Ways of giving an answer that are all tried. */
const mostWordings = 200;

/** The ways of giving an answer that a model can tell apart; none where it doesn't look. Of very many, some. */
export const wordingsOf = (words: readonly Cut[], figures: readonly Cut[]): Tried<WordingCandidate> => {
  if (words.length === 0 && figures.length === 0) return { all: [], complete: true };
  const ofWords = classesOf(words, { from: 1 });
  const ofFigures = classesOf(figures, { from: 0 });
  const complete = ofWords.length * ofFigures.length <= mostWordings;
  const edges = [ofFigures[0], ofFigures.at(-1)].filter((figure) => figure !== undefined);
  const all = ofWords.flatMap((word) =>
    (complete ? ofFigures : edges).flatMap((figure): WordingCandidate[] => {
      const { most } = wholeOf(word);
      // A figure is a word, too.
      const count = Math.max(word.value, figure.value);
      if (most !== undefined && count > most) return [];
      return [{ wording: [count, figure.value], label: labelOf(word, figure, figures.length > 0) }];
    }),
  );
  return { all, complete };
};
