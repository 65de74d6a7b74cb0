import type { FactValue, Outcome } from '../../../../events/index.ts';
import { answersJudged } from '../../compile/answering.ts';
import { type AnswerFlag, answerFlags } from '../../document/answer-flags.ts';
import type { Condition, ValueCondition } from '../../document/condition.ts';
import type { TableSubject } from '../../document/criterion.ts';
import { letters } from '../../document/letters.ts';
import type { ModelDocument } from '../../document/model.ts';
import { type SlideStatus, slideParts } from '../../document/slide-parts.ts';
import { no, type Reading, type Truth, unknown, yes } from '../../reading.ts';
import { ownDomainOf } from '../domains.ts';
import { isValueCondition } from '../nodes.ts';
import { activitiesOf, boundsIn, countsAround } from './counts.ts';
import { at, type Setting, type Space } from './space.ts';
import { valuesOf, wordingsOf } from './values.ts';
import { partsOfVariable, type Variable } from './variables.ts';

const said =
  (say: (reading: Reading) => void): Setting =>
  ({ said: all }) => {
    all.push(say);
  };

/** Nobody has said anything of it. */
const unsaid: Setting = () => {};

const attributes = (name: string, values: readonly FactValue[]): Setting[] => [
  unsaid,
  ...values.map(
    (value): Setting =>
      (draft) => {
        draft.attributes[name] = [value, at];
      },
  ),
];

const answers = (
  space: Space,
  name: string,
  values: readonly FactValue[],
  tests: readonly ValueCondition[],
): Setting[] => {
  const known = space.tests.answers.get(name);
  const looksAtWords = tests.some((test) => 'words' in test || 'figures' in test);
  const wordings = known !== undefined && looksAtWords ? [null, ...wordingsOf(known)] : [null];
  return [
    unsaid,
    ...values.flatMap((value) =>
      wordings.map(
        (wording): Setting =>
          (draft) => {
            draft.answers[name] = [value, at, wording];
          },
      ),
    ),
  ];
};

const ofName = (
  space: Space,
  bag: 'attributes' | 'answers',
  name: string,
  leaves: readonly Condition[],
): Setting[] | undefined => {
  const subject: TableSubject = bag === 'attributes' ? { attribute: name } : { answer: name };
  const known = space.tests[bag].get(name);
  const tests = leaves.filter(isValueCondition);
  const values = known && valuesOf(ownDomainOf(subject, space.document), known, tests);
  if (values === undefined) return undefined;
  return bag === 'attributes' ? attributes(name, values) : answers(space, name, values, tests);
};

const ofActivity = (
  name: string,
  leaves: readonly Condition[],
  more: readonly number[],
): Setting[] | undefined => {
  const tests = leaves.filter((leaf) => 'activity' in leaf);
  const windows = tests.flatMap(({ withinDays }) => withinDays ?? []);
  return activitiesOf(windows, [...boundsIn(tests), ...more], at)?.map(
    (counts): Setting =>
      (draft) => {
        draft.activities[name] = counts;
      },
  );
};

const ofOutcome = (name: string, leaves: readonly Condition[]): Setting[] =>
  countsAround(boundsIn(leaves.filter((leaf) => 'outcome' in leaf))).map(
    (count): Setting =>
      (draft) => {
        if (count > 0) draft.outcomes[name as Outcome] = [count, at, {}];
      },
  );

const truths: readonly Truth[] = [yes, no, unknown];

const ofLetter = (name: string): Setting[] => {
  const index = (letters as readonly string[]).indexOf(name);
  return truths.map((truth) =>
    said(({ bant }) => {
      bant[index] = truth;
    }),
  );
};

const ofPart = (name: string): Setting[] => {
  const index = (slideParts as readonly string[]).indexOf(name);
  const ways: readonly (readonly [SlideStatus, boolean])[] = [
    ['complete', false],
    ['partial', false],
    ['partial', true],
    ['missing', false],
    ['missing', true],
  ];
  return ways.map(([status, open]) =>
    said(({ found }) => {
      found.slide[index] = status;
      found.slideOpen[index] = open;
    }),
  );
};

const ofBant: readonly Setting[] = truths.map((truth) =>
  said((reading) => {
    reading.bantMet = truth;
  }),
);

const ofDemo: readonly Setting[] = truths.map((truth) =>
  said(({ found }) => {
    found.demoReady = truth;
  }),
);

const ofLane = ({ lanes }: Space): Setting[] =>
  [...lanes, null, undefined].map((lane) =>
    said(({ found }) => {
      found.lane = lane;
    }),
  );

const mostContradictory = ({ questions = {}, answering }: ModelDocument): number =>
  Object.values(questions).filter((question) => 'steady' in question && question.steady !== undefined)
    .length + (answering?.contradictions.length ?? 0);

/** Counts of answers that are so, whatever they are: which answers they follow from is not looked at. */
const ofAnswering = ({ document }: Space, leaves: readonly Condition[]): Setting[] => {
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

/**
 * The ways in which a variable can be, at least one of each between which the conditions can tell.
 *
 * @param leaves the conditions that read it
 * @param counts of an activity that make a difference beside
 * @returns undefined where there would be too many
 */
export const settingsOf = (
  space: Space,
  variable: Variable,
  leaves: readonly Condition[],
  counts: readonly number[] = [],
): readonly Setting[] | undefined => {
  const [kind, name] = partsOfVariable(variable);
  switch (kind) {
    case 'attribute':
      return ofName(space, 'attributes', name, leaves);
    case 'answer':
      return ofName(space, 'answers', name, leaves);
    case 'activity':
      return ofActivity(name, leaves, counts);
    case 'outcome':
      return ofOutcome(name, leaves);
    case 'letter':
      return ofLetter(name);
    case 'part':
      return ofPart(name);
    case 'bantMet':
      return ofBant;
    case 'demoReady':
      return ofDemo;
    case 'lane':
      return ofLane(space);
    default:
      return ofAnswering(space, leaves);
  }
};
