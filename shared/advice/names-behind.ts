import {
  conditionsBehind,
  isReader,
  listInner,
  listReads,
  type ModelDocument,
  questionsBehind,
  type Read,
  type Reader,
} from '../scoring/index.ts';
import type { Change } from './change.ts';

type Condition = ModelDocument['disqualifiers'][number]['when'];
export type Criterion = ModelDocument['dimensions'][string]['criteria'][number];

/** Anything by which a model reads facts. */
export type Asking = Condition | Reader;

/** Returns the part of a criterion that reads facts. */
export const askedBy = (criterion: Criterion): Asking =>
  'when' in criterion ? criterion.when : 'of' in criterion ? criterion.of : criterion.each;

/** A name with its kind, such as `answer:budget`. */
export type Key = `${Change['kind']}:${string}`;

export const keyOf = (kind: Change['kind'], name: string): Key => `${kind}:${name}`;

/** Returns the names that something read depends on itself; conditions behind it may depend on more. */
const listNamed = (read: Read, document: ModelDocument): Key[] => {
  switch (read.kind) {
    case 'attribute':
    case 'activity':
    case 'answer':
      return [keyOf(read.kind, read.name)];
    case 'answering':
      return questionsBehind(read.flag, document).map((name) => keyOf('answer', name));
    case 'outcome':
    case 'letter':
    case 'bantMet':
    case 'part':
    case 'demoReady':
    case 'lane':
      return [];
    default:
      return read satisfies never;
  }
};

/**
 * Returns the function that finds all names on whose facts conditions can depend, also through what is computed from
 * facts first: BANT, slide, lanes, answering.
 */
export const createNamesBehind =
  (document: ModelDocument) =>
  (roots: readonly Asking[]): ReadonlySet<Key> => {
    const seen = new Set<Asking>(roots);
    const names = new Set<Key>();
    // A set iterates over what is added to it meanwhile.
    for (const asking of seen) {
      if (!isReader(asking)) {
        for (const { condition } of listInner({ path: '', condition: asking })) seen.add(condition);
        continue;
      }
      for (const read of listReads(asking)) {
        for (const key of listNamed(read, document)) names.add(key);
        for (const condition of conditionsBehind(read, document)) seen.add(condition);
      }
    }
    return names;
  };
