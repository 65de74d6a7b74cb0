import type { Condition, ValueCondition } from '../document/condition.ts';
import type { TableSubject } from '../document/criterion.ts';
import type { ModelDocument } from '../document/model.ts';
import { conditionsIn, criteriaIn, type Place } from '../document/places.ts';
import { subjectNames } from '../document/subject.ts';

const innerOf = ({ path, condition }: Place): Place[] => {
  const listed = (field: string, conditions: readonly Condition[]): Place[] =>
    conditions.map((inner, i) => ({ path: `${path}.${field}[${i}]`, condition: inner }));
  if ('all' in condition) return listed('all', condition.all);
  if ('any' in condition) return listed('any', condition.any);
  if ('some' in condition) return listed('some', condition.some);
  return 'not' in condition ? [{ path: `${path}.not`, condition: condition.not }] : [];
};

/** A condition and all that it is joined of, each with its path; the inner ones first. */
export const nodesOf = (place: Place): Place[] => [...innerOf(place).flatMap(nodesOf), place];

export const nodesIn = (document: ModelDocument): Place[] => conditionsIn(document).flatMap(nodesOf);

export const isValueCondition = (condition: Condition): condition is ValueCondition =>
  subjectNames.some((name) => name in condition);

export interface ValueConditionPlace {
  readonly path: string;
  readonly condition: ValueCondition;
}

/** Every condition that tests a value. */
export const valueConditionsIn = (document: ModelDocument): ValueConditionPlace[] =>
  nodesIn(document).flatMap(({ path, condition }) =>
    isValueCondition(condition) ? [{ path, condition }] : [],
  );

export interface SubjectPlace {
  readonly path: string;
  readonly subject: TableSubject;
}

/** Whatever a value is asked of: by conditions, bands and tables. */
export const subjectsIn = (document: ModelDocument): SubjectPlace[] => [
  ...valueConditionsIn(document).map(({ path, condition }) => ({ path, subject: condition })),
  ...criteriaIn(document).flatMap(({ path, criterion }) =>
    'of' in criterion ? [{ path: `${path}.of`, subject: criterion.of }] : [],
  ),
];
