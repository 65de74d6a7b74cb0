import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureWording } from '../../../shared/scoring/index.ts';
import { seeded } from '../../support/seed.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Measures a text by Unicode's division into words alone. */
const measureByUnicode = (text: string) => {
  const words = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true);
  return [words.length, words.filter(({ segment }) => /\p{N}/u.test(segment)).length];
};

const characters = [
  ...'abzAZ019  .,;:!?',
  "'",
  '-',
  '_',
  '\n',
  '\t',
  'é',
  '\u0301',
  '\u200D',
  '漢',
  '٣',
  '½',
];

/** A text of words as people write them, in which one sign may be out of place. */
const sentence = fc
  .tuple(
    fc.array(fc.tuple(fc.stringMatching(/^[a-zA-Z0-9]{1,6}$/), fc.constantFrom(' ', '. ', ', ', '? ', '  '))),
    fc.option(fc.tuple(fc.nat(60), fc.constantFrom(...characters)), { nil: undefined }),
  )
  .map(([words, odd]) => {
    const text = words.flat().join('');
    return odd === undefined ? text : text.slice(0, odd[0]) + odd[1] + text.slice(odd[0]);
  });

const texts = fc.oneof(sentence, fc.string({ unit: fc.constantFrom(...characters), maxLength: 30 }));

describe('the measure of a wording', () => {
  it('is that of the words of Unicode, whatever the text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(measureWording(text)).toEqual(measureByUnicode(text));
      }),
      seeded(),
    );
  });

  it.each([
    ['We lose two days a month.', [6, 0]],
    ['Q3, or by 2027!', [4, 2]],
    ['3.5 hours at C.T.O.', [4, 1]],
    ['snake_case', [1, 0]],
  ])('counts the words of %j and those with a figure', (text, expected) =>
    expect(measureWording(text)).toEqual(expected),
  );
});
