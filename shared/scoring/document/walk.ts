import type { Condition, LeafCondition, ValueCondition } from './condition.ts';
import { type ConditionPath, collectConditions, collectCriterionPaths } from './condition-paths.ts';
import type { Counted, TableSubject } from './criterion.ts';
import type { ModelDocument } from './model.ts';
import { subjectNames } from './subject-names.ts';

/**
 * Anything that reads facts by itself: a condition that joins no others, what a band or a table is of, what is counted.
 */
export type Reader = LeafCondition | TableSubject | Counted;

export const isReader = (node: Condition | Reader): node is Reader =>
  !('all' in node || 'any' in node || 'some' in node || 'not' in node);

/** Returns the conditions that a condition joins, each with its path; none for one that reads facts itself. */
export const listInner = ({ path, condition }: ConditionPath): ConditionPath[] => {
  const listed = (field: string, conditions: readonly Condition[]): ConditionPath[] =>
    conditions.map((inner, i) => ({ path: `${path}.${field}[${i}]`, condition: inner }));
  if ('all' in condition) return listed('all', condition.all);
  if ('any' in condition) return listed('any', condition.any);
  if ('some' in condition) return listed('some', condition.some);
  if ('not' in condition) return [{ path: `${path}.not`, condition: condition.not }];
  condition satisfies LeafCondition;
  return [];
};

/** Returns a condition and all conditions within it, each with its path; the inner ones first. */
export const walk = (root: ConditionPath): ConditionPath[] => [...listInner(root).flatMap(walk), root];

/** Returns a condition and all conditions within it; the outer ones first. */
export const listParts = (condition: Condition): Condition[] => [
  condition,
  ...listInner({ path: '', condition }).flatMap((inner) => listParts(inner.condition)),
];

/** Returns every condition of the document at any depth, each with its path. */
export const collectNodes = (document: ModelDocument): ConditionPath[] =>
  collectConditions(document).flatMap(walk);

export interface ReaderPath {
  readonly path: string;
  readonly reader: Reader;
}

/** Returns everything in the document that reads facts, each with its path: conditions first, then criteria. */
export const collectReaders = (document: ModelDocument): ReaderPath[] => [
  ...collectNodes(document).flatMap(({ path, condition }) =>
    isReader(condition) ? [{ path, reader: condition }] : [],
  ),
  ...collectCriterionPaths(document).flatMap(({ path, criterion }): ReaderPath[] => {
    if ('of' in criterion) return [{ path: `${path}.of`, reader: criterion.of }];
    return 'each' in criterion ? [{ path: `${path}.each`, reader: criterion.each }] : [];
  }),
];

export const isValueCondition = (condition: Condition): condition is ValueCondition =>
  subjectNames.some((name) => name in condition);

export interface ValueConditionPath {
  readonly path: string;
  readonly condition: ValueCondition;
}

/** Returns every condition that tests a value. */
export const collectValueConditions = (document: ModelDocument): ValueConditionPath[] =>
  collectNodes(document).flatMap(({ path, condition }) =>
    isValueCondition(condition) ? [{ path, condition }] : [],
  );

export interface SubjectPath {
  readonly path: string;
  readonly subject: TableSubject;
}

/** Returns every subject whose value is read: by conditions, bands and tables. */
export const collectSubjects = (document: ModelDocument): SubjectPath[] => [
  ...collectValueConditions(document).map(({ path, condition }) => ({ path, subject: condition })),
  ...collectCriterionPaths(document).flatMap(({ path, criterion }) =>
    'of' in criterion ? [{ path: `${path}.of`, subject: criterion.of }] : [],
  ),
];
