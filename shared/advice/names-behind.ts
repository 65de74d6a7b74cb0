import {
  answersJudged,
  conditionsBehind,
  innerOf,
  isReader,
  type ModelDocument,
  type Read,
  type Reader,
  readsOf,
} from '../scoring/index.ts';
import type { Change } from './change.ts';

export type Condition = ModelDocument['disqualifiers'][number]['when'];
export type Criterion = ModelDocument['dimensions'][string]['criteria'][number];

/** Anything by which a model reads facts. */
export type Asking = Condition | Reader;

/** A name with its kind, such as `answer:budget`. */
export type Key = `${Change['kind']}:${string}`;

export const keyOf = (kind: Change['kind'], name: string): Key => `${kind}:${name}`;

export interface NamesBehind {
  /** All names on whose facts the result can depend. */
  readonly names: ReadonlySet<Key>;
  /** Those of them of which it matters how the answer is worded. */
  readonly worded: ReadonlySet<Key>;
}

const steadyQuestions = ({ questions = {} }: ModelDocument): string[] =>
  Object.entries(questions).flatMap(([name, question]) =>
    'steady' in question && question.steady !== undefined ? [name] : [],
  );

interface Named {
  readonly keys: readonly Key[];
  readonly worded: boolean;
}

/** Returns the names that something read depends on itself; conditions behind it may depend on more. */
const namedBy = (read: Read, document: ModelDocument): Named => {
  switch (read.kind) {
    case 'attribute':
    case 'activity':
      return { keys: [keyOf(read.kind, read.name)], worded: false };
    case 'answer':
      return { keys: [keyOf(read.kind, read.name)], worded: read.field !== 'answer' };
    case 'answering': {
      const worded = read.flag !== 'contradictory';
      const names = worded ? answersJudged(document) : steadyQuestions(document);
      return { keys: names.map((name) => keyOf('answer', name)), worded };
    }
    case 'outcome':
    case 'letter':
    case 'bantMet':
    case 'part':
    case 'demoReady':
    case 'lane':
      return { keys: [], worded: false };
    default:
      return read satisfies never;
  }
};

/** Finds the names behind conditions, also through what is computed from facts first: BANT, slide, lanes, answering. */
export const createNamesBehind =
  (document: ModelDocument) =>
  (roots: readonly Asking[]): NamesBehind => {
    const seen = new Set<Asking>(roots);
    const names = new Set<Key>();
    const worded = new Set<Key>();
    // A set iterates over what is added to it meanwhile.
    for (const asking of seen) {
      if (!isReader(asking)) {
        for (const { condition } of innerOf({ path: '', condition: asking })) seen.add(condition);
        continue;
      }
      for (const read of readsOf(asking)) {
        const named = namedBy(read, document);
        for (const key of named.keys) {
          names.add(key);
          if (named.worded) worded.add(key);
        }
        for (const condition of conditionsBehind(read, document)) seen.add(condition);
      }
    }
    return { names, worded };
  };
