import type { FactValue, Outcome } from '../../../../events/index.ts';
import type { Condition, ValueCondition } from '../../document/condition.ts';
import type { TableSubject } from '../../document/criterion.ts';
import { isValueCondition } from '../../document/walk.ts';
import { findOwnDomain } from '../domains.ts';
import { collectBounds, countsAround, listActivities } from './counts.ts';
import { type Assignment, at, type SearchSpace } from './search-space.ts';
import { chooseValues, chooseWordings } from './values.ts';

const notKnown: Assignment = () => {};

const assignAttribute = (name: string, values: readonly FactValue[]): Assignment[] => [
  notKnown,
  ...values.map(
    (value): Assignment =>
      (draft) => {
        draft.attributes[name] = [value, at];
      },
  ),
];

const assignAnswer = (
  space: SearchSpace,
  name: string,
  values: readonly FactValue[],
  tests: readonly ValueCondition[],
): Assignment[] => {
  const known = space.tests.answers.get(name);
  const looksAtWords = tests.some((test) => 'words' in test || 'figures' in test);
  const wordings = known !== undefined && looksAtWords ? [null, ...chooseWordings(known)] : [null];
  return [
    notKnown,
    ...values.flatMap((value) =>
      wordings.map(
        (wording): Assignment =>
          (draft) => {
            draft.answers[name] = [value, at, wording];
          },
      ),
    ),
  ];
};

/** Assigns an attribute or an answer: not known, or one of the values that make a difference. */
export const assignName = (
  space: SearchSpace,
  kind: 'attribute' | 'answer',
  name: string,
  leaves: readonly Condition[],
): Assignment[] | undefined => {
  const isAttribute = kind === 'attribute';
  const subject: TableSubject = isAttribute ? { attribute: name } : { answer: name };
  const known = space.tests[isAttribute ? 'attributes' : 'answers'].get(name);
  const tests = leaves.filter(isValueCondition);
  const values = known && chooseValues(findOwnDomain(subject, space.document), known, tests);
  if (values === undefined) return undefined;
  return isAttribute ? assignAttribute(name, values) : assignAnswer(space, name, values, tests);
};

export const assignActivity = (
  name: string,
  leaves: readonly Condition[],
  more: readonly number[],
): Assignment[] | undefined => {
  const tests = leaves.filter((leaf) => 'activity' in leaf);
  const windows = tests.flatMap(({ withinDays }) => withinDays ?? []);
  return listActivities(windows, [...collectBounds(tests), ...more], at)?.map(
    (counts): Assignment =>
      (draft) => {
        draft.activities[name] = counts;
      },
  );
};

export const assignOutcome = (name: Outcome, leaves: readonly Condition[]): Assignment[] =>
  countsAround(collectBounds(leaves.filter((leaf) => 'outcome' in leaf))).map(
    (count): Assignment =>
      (draft) => {
        if (count > 0) draft.outcomes[name] = [count, at, {}];
      },
  );
