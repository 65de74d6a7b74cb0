import { showValue } from '../../events/index.ts';
import { fieldOf, isFields } from './fields.ts';

/** The words of the tests in a condition. One without words of its own is called by its name. */
const testWords: Readonly<Record<string, string>> = {
  is: 'is',
  in: 'is one of',
  notIn: 'is none of',
  atLeast: 'is at least',
  above: 'is above',
  below: 'is below',
  atMost: 'is at most',
  hasWord: 'has the word',
  isNot: 'is not',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
};

/** The fields that name what a condition reads, with the words for it. */
const subjects: Readonly<Record<string, string>> = {
  attribute: 'attribute',
  answer: 'answer',
  words: 'number of words of the answer',
  figures: 'number of figures in the answer',
  lane: "lane's",
  laneFigure: "lane's figure",
  laneStanding: 'standing among the lanes in',
  activity: 'activity',
  outcome: 'outcome',
  answering: 'number of answers that are',
  bant: 'BANT letter',
  slide: 'part of the slide',
};

const showOperand = (value: unknown): string =>
  Array.isArray(value) ? value.map(showValue).join(', ') : showValue(value);

const showPart = (name: string, value: unknown): string => {
  if (name === 'withinDays') return `within ${showValue(value)} days`;
  if (name === 'relativeTo') return `relative to ${showValue(value)} of the lane`;
  if (name === 'per') return `counted by the ${showValue(value)}`;
  if (name === 'known') return value === true ? 'is known' : 'is not known';
  return `${Object.hasOwn(testWords, name) ? testWords[name] : name} ${showOperand(value)}`;
};

/** Returns in words what a condition, a band or a table reads, with its tests. */
export const describeReader = (reader: unknown): string => {
  if (!isFields(reader)) return showValue(reader);
  const [subject, ...tests] = Object.entries(reader)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => Number(Object.hasOwn(subjects, b)) - Number(Object.hasOwn(subjects, a)));
  if (subject === undefined) return 'nothing';
  const [name, value] = subject;
  const known = Object.hasOwn(subjects, name) ? subjects[name] : undefined;
  const read = known === undefined ? `${name} is ${showValue(value)}` : `the ${known} ${String(value)}`;
  return [read, tests.map(([test, operand]) => showPart(test, operand)).join(' and ')]
    .filter((part) => part !== '')
    .join(' ');
};

const join = (conditions: unknown, word: string): string =>
  Array.isArray(conditions)
    ? `(${conditions.map(describeCondition).join(` ${word} `)})`
    : showValue(conditions);

/** Returns a condition in words, such as `the attribute employees is at least 200`. */
export function describeCondition(condition: unknown): string {
  if (condition === undefined) return 'always';
  const has = (name: string): boolean => fieldOf(condition, name) !== undefined;
  if (has('all')) return join(fieldOf(condition, 'all'), 'and');
  if (has('any')) return join(fieldOf(condition, 'any'), 'or');
  if (has('not')) return `not (${describeCondition(fieldOf(condition, 'not'))})`;
  if (has('some'))
    return `at least ${showValue(fieldOf(condition, 'atLeast'))} of ${join(fieldOf(condition, 'some'), 'or')}`;
  return describeReader(condition);
}

/** Returns the sentence about a condition that differs. */
export const describeConditionChange = (label: string, before: unknown, after: unknown): string[] => {
  const [was, is] = [describeCondition(before), describeCondition(after)];
  return was === is ? [] : [`${label}: ${is}; before: ${was}`];
};
