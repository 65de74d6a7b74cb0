import type { Condition } from './condition.ts';
import type { Criterion, TableSubject } from './criterion.ts';

/** What is worked out of the facts before criteria are asked. */
export type Derived = 'bant' | 'slide' | 'lanes' | 'answering';

/** What conditions read, by name. */
export interface NamesRead {
  readonly attributes: Set<string>;
  readonly answers: Set<string>;
  readonly activities: Set<string>;
  readonly outcomes: Set<string>;
  readonly derived: Set<Derived>;
}

export const noNames = (): NamesRead => ({
  attributes: new Set(),
  answers: new Set(),
  activities: new Set(),
  outcomes: new Set(),
  derived: new Set(),
});

/** Adds what a subject reads to `names`. */
export const addSubject = (names: NamesRead, subject: TableSubject): void => {
  if ('attribute' in subject) names.attributes.add(subject.attribute);
  else if ('answer' in subject) names.answers.add(subject.answer);
  else if ('words' in subject) names.answers.add(subject.words);
  else if ('figures' in subject) names.answers.add(subject.figures);
  else names.derived.add('slide' in subject ? 'slide' : 'lanes');
  if ('relativeTo' in subject && subject.relativeTo !== undefined) names.derived.add('lanes');
};

/** Adds what a condition reads to `names`. */
export const addCondition = (names: NamesRead, condition: Condition): void => {
  if ('all' in condition) for (const part of condition.all) addCondition(names, part);
  else if ('any' in condition) for (const part of condition.any) addCondition(names, part);
  else if ('some' in condition) for (const part of condition.some) addCondition(names, part);
  else if ('not' in condition) addCondition(names, condition.not);
  else if ('activity' in condition) names.activities.add(condition.activity);
  else if ('outcome' in condition) names.outcomes.add(condition.outcome);
  else if ('answering' in condition) names.derived.add('answering');
  else if ('bant' in condition || 'bantMet' in condition) names.derived.add('bant');
  else if ('demoReady' in condition) names.derived.add('slide');
  else addSubject(names, condition);
};

/** Adds what a criterion reads to `names`. */
export const addCriterion = (names: NamesRead, criterion: Criterion): void => {
  if ('when' in criterion) addCondition(names, criterion.when);
  else if ('of' in criterion) addSubject(names, criterion.of);
  else if ('activity' in criterion.each) names.activities.add(criterion.each.activity);
  else names.derived.add('answering');
};

export const namesRead = (conditions: readonly Condition[]): NamesRead => {
  const names = noNames();
  for (const condition of conditions) addCondition(names, condition);
  return names;
};
