import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withAnswer } from '../../../shared/lead/answers.ts';
import type { AnswerFact, Wording } from '../../../shared/scoring/index.ts';
import { seeded } from '../../support/seed.ts';

type Given = readonly [value: AnswerFact[0], at: number, wording?: Wording];

const fold = (answers: readonly Given[]): AnswerFact | undefined =>
  answers.reduce<AnswerFact | undefined>(
    (before, [value, at, wording]) => withAnswer(before, value, at, wording),
    undefined,
  );

describe('an answer', () => {
  it.each<[string, Given[], AnswerFact]>([
    ['is a value and the time at which it was given', [['planned', 1]], ['planned', 1]],
    ['keeps how it was worded', [['planned', 1, [7, 1]]], ['planned', 1, [7, 1]]],
    [
      'is the last one',
      [
        ['planned', 1],
        ['approved', 2],
      ],
      ['approved', 2, null, [['planned', 1]]],
    ],
    [
      'is the last one even if it arrives first',
      [
        ['approved', 2],
        ['planned', 1],
      ],
      ['approved', 2, null, [['planned', 1]]],
    ],
    [
      'has the last time of each earlier value',
      [
        ['a', 1],
        ['b', 5],
        ['a', 3],
      ],
      ['b', 5, null, [['a', 3]]],
    ],
    [
      'has no earlier value when it was only repeated',
      [
        ['a', 1],
        ['a', 4],
      ],
      ['a', 4],
    ],
    [
      'is the same in another case, or as a text',
      [
        ['Decides', 1],
        ['decides', 4],
      ],
      ['decides', 4],
    ],
    [
      'is the same number as a text, in whatever order',
      [
        ['12.0', 4],
        ['a', 2],
        [12, 1],
      ],
      ['12.0', 4, null, [['a', 2]]],
    ],
    [
      'that comes back leaves the other as the earlier one',
      [
        ['a', 1],
        ['b', 2],
        ['a', 9],
      ],
      ['a', 9, null, [['b', 2]]],
    ],
    [
      'that is withdrawn removes all earlier values',
      [
        ['a', 1],
        [null, 2],
      ],
      [null, 2],
    ],
    [
      'that was withdrawn and given anew goes back on nothing',
      [
        ['a', 1],
        [null, 2],
        ['b', 3],
      ],
      ['b', 3, null, [[null, 2]]],
    ],
    [
      'keeps its wording when it is repeated without',
      [
        ['said', 1, [9, 1]],
        ['said', 2],
      ],
      ['said', 2, [9, 1]],
    ],
    [
      'counts the most words and the most figures that were ever given',
      [
        ['said', 2, [4, 2]],
        ['said', 1, [9, 0]],
      ],
      ['said', 2, [9, 2]],
    ],
    [
      'that is a list or a long text is no choice to go back on',
      [
        [['it'], 1],
        ['x'.repeat(65), 2],
        ['a', 3],
      ],
      ['a', 3],
    ],
    [
      'forgets the oldest of many values',
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
        ['d', 4],
        ['e', 5],
      ],
      [
        'e',
        5,
        null,
        [
          ['d', 4],
          ['c', 3],
          ['b', 2],
        ],
      ],
    ],
  ])('%s', (_, given, fact) => expect(fold(given)).toEqual(fact));

  const value = fc.oneof(
    fc.constantFrom<AnswerFact[0]>(
      'a',
      'b',
      'c',
      'd',
      'e',
      1,
      2,
      true,
      null,
      'x'.repeat(70),
      `1.${'0'.repeat(70)}`,
      '1.0',
    ),
    fc.constant(['a', 'b']),
  );
  const wording = fc.option(fc.tuple(fc.nat(3), fc.nat(2)), { nil: undefined });
  const given = fc.tuple(value, fc.nat(6), wording) as fc.Arbitrary<Given>;

  it('has the same number of before, whether or not a long decimal of that number came first', () => {
    const long = `5.${'0'.repeat(70)}`;
    const five: Given = [5, 1];
    const again: Given = [long, 2];
    const six: Given = [6, 3];
    const fact = [6, 3, null, [[5, 1]]];
    expect(fold([five, again, six])).toEqual(fact);
    expect(fold([six, five, again])).toEqual(fact);
  });

  it('is the same in whatever order and however often it is given (I3)', () =>
    fc.assert(
      fc.property(
        fc.array(given, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (all, ranks) => {
          const shuffled = [...all, ...all.slice(0, 4)]
            .map((one) => ({ one, rank: ranks.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ one }) => one);
          expect(fold(shuffled)).toEqual(fold(all));
        },
      ),
      seeded(),
    ));
});
