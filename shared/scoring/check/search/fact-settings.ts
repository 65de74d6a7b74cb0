import type { FactValue, Outcome } from '../../../../events/index.ts';
import type { Condition, ValueCondition } from '../../document/condition.ts';
import type { TableSubject } from '../../document/criterion.ts';
import { ownDomainOf } from '../domains.ts';
import { isValueCondition } from '../nodes.ts';
import { activitiesOf, boundsIn, countsAround } from './counts.ts';
import { at, type Setting, type Space } from './space.ts';
import { valuesOf, wordingsOf } from './values.ts';

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

/** Of an attribute or an answer: nothing is said of it, or one of the values that make a difference. */
export const ofName = (
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

export const ofActivity = (
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

export const ofOutcome = (name: string, leaves: readonly Condition[]): Setting[] =>
  countsAround(boundsIn(leaves.filter((leaf) => 'outcome' in leaf))).map(
    (count): Setting =>
      (draft) => {
        if (count > 0) draft.outcomes[name as Outcome] = [count, at, {}];
      },
  );
