import { answersJudged } from '../../compile/answering.ts';
import { type AnswerFlag, answerFlags } from '../../document/answer-flags.ts';
import type { Condition } from '../../document/condition.ts';
import { letters } from '../../document/letters.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type SlideStatus, slideParts } from '../../document/slide-parts.ts';
import { no, type Reading, type Truth, unknown, yes } from '../../reading.ts';
import { boundsIn, countsAround } from './counts.ts';
import type { Setting, Space } from './space.ts';

/** Said of the lead, whatever its facts are. */
const said =
  (say: (reading: Reading) => void): Setting =>
  ({ said: all }) => {
    all.push(say);
  };

const truths: readonly Truth[] = [yes, no, unknown];

export const ofLetter = (name: string): Setting[] => {
  const index = (letters as readonly string[]).indexOf(name);
  return truths.map((truth) =>
    said(({ bant }) => {
      bant[index] = truth;
    }),
  );
};

export const ofPart = (name: string): Setting[] => {
  const index = (slideParts as readonly string[]).indexOf(name);
  const ways: readonly (readonly [SlideStatus, 'complete' | 'partial' | undefined])[] = [
    ['complete', undefined],
    ['partial', undefined],
    ['partial', 'complete'],
    ['missing', undefined],
    ['missing', 'partial'],
    ['missing', 'complete'],
  ];
  return ways.map(([status, open]) =>
    said(({ found }) => {
      found.slide[index] = status;
      found.slideOpen[index] = open;
    }),
  );
};

export const ofBant: readonly Setting[] = truths.map((truth) =>
  said((reading) => {
    reading.bantMet = truth;
  }),
);

export const ofDemo: readonly Setting[] = truths.map((truth) =>
  said(({ found }) => {
    found.demoReady = truth;
  }),
);

export const ofLane = ({ lanes }: Space): Setting[] =>
  [...lanes, null, undefined].map((lane) =>
    said(({ found }) => {
      found.lane = lane;
    }),
  );

const mostContradictory = ({ questions = {}, answering }: ModelDocument): number =>
  Object.values(questions).filter((question) => 'steady' in question && question.steady !== undefined)
    .length + (answering?.contradictions.length ?? 0);

/** Counts of answers that are so, whatever they are: which answers they follow from is not looked at. */
export const ofAnswering = ({ document }: Space, leaves: readonly Condition[]): Setting[] => {
  const tests = leaves.filter((leaf) => 'answering' in leaf);
  const judged = answersJudged(document).length;
  const counts = (flag: AnswerFlag, most: number): number[] =>
    countsAround(boundsIn(tests.filter(({ answering }) => answering === flag)), most);
  const mostOf = (flag: AnswerFlag, answered: number): number => {
    if (flag === 'contradictory') return mostContradictory(document);
    return document.answering?.[flag] === undefined ? 0 : answered;
  };
  return [...new Set([0, judged])].flatMap((answered) =>
    answerFlags
      .reduce<Partial<Record<AnswerFlag, number>>[]>(
        (ways, flag) =>
          ways.flatMap((way) => counts(flag, mostOf(flag, answered)).map((n) => ({ ...way, [flag]: n }))),
        [{}],
      )
      .map((way) => said(({ found }) => Object.assign(found, way, { answered }))),
  );
};
