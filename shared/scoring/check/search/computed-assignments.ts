import { answersJudged } from '../../compile/answering.ts';
import { type AnswerFlag, answerFlags } from '../../document/answer-flags.ts';
import type { Condition } from '../../document/condition.ts';
import { type Letter, letters } from '../../document/letters.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type SlidePart, type SlideStatus, slideParts } from '../../document/slide-parts.ts';
import { no, type Reading, type Truth, unknown, yes } from '../../reading.ts';
import { collectBounds, countsAround } from './counts.ts';
import type { Assignment, SearchSpace } from './search-space.ts';

/** Sets something computed in the reading, whatever the facts are. */
const override =
  (set: (reading: Reading) => void): Assignment =>
  ({ overrides }) => {
    overrides.push(set);
  };

const truths: readonly Truth[] = [yes, no, unknown];

export const assignLetter = (name: Letter): Assignment[] => {
  const index = letters.indexOf(name);
  return truths.map((truth) =>
    override(({ bant }) => {
      bant[index] = truth;
    }),
  );
};

export const assignPart = (name: SlidePart): Assignment[] => {
  const index = slideParts.indexOf(name);
  const ways: readonly (readonly [SlideStatus, 'complete' | 'partial' | undefined])[] = [
    ['complete', undefined],
    ['partial', undefined],
    ['partial', 'complete'],
    ['missing', undefined],
    ['missing', 'partial'],
    ['missing', 'complete'],
  ];
  return ways.map(([status, open]) =>
    override(({ found }) => {
      found.slide[index] = status;
      found.slideOpen[index] = open;
    }),
  );
};

export const assignBant: readonly Assignment[] = truths.map((truth) =>
  override((reading) => {
    reading.bantMet = truth;
  }),
);

export const assignDemo: readonly Assignment[] = truths.map((truth) =>
  override(({ found }) => {
    found.demoReady = truth;
  }),
);

export const assignLane = ({ lanes }: SearchSpace): Assignment[] =>
  [...lanes, null, undefined].map((lane) =>
    override(({ found }) => {
      found.lane = lane;
    }),
  );

const mostContradictory = ({ questions = {}, answering }: ModelDocument): number =>
  Object.values(questions).filter((question) => 'steady' in question && question.steady !== undefined)
    .length + (answering?.contradictions.length ?? 0);

/** Assigns counts of short, long, specific and contradictory answers, regardless of the answers. */
export const assignAnswering = ({ document }: SearchSpace, leaves: readonly Condition[]): Assignment[] => {
  const tests = leaves.filter((leaf) => 'answering' in leaf);
  const judged = answersJudged(document).length;
  const counts = (flag: AnswerFlag, most: number): number[] =>
    countsAround(collectBounds(tests.filter(({ answering }) => answering === flag)), most);
  const countMost = (flag: AnswerFlag, answered: number): number => {
    if (flag === 'contradictory') return mostContradictory(document);
    return document.answering?.[flag] === undefined ? 0 : answered;
  };
  return [...new Set([0, judged])].flatMap((answered) =>
    answerFlags
      .reduce<Partial<Record<AnswerFlag, number>>[]>(
        (ways, flag) =>
          ways.flatMap((way) => counts(flag, countMost(flag, answered)).map((n) => ({ ...way, [flag]: n }))),
        [{}],
      )
      .map((way) => override(({ found }) => Object.assign(found, way, { answered }))),
  );
};
