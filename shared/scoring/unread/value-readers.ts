import type { FactValue } from '../../../events/index.ts';
import { collectCriterionPaths } from '../document/condition-paths.ts';
import type { ModelDocument } from '../document/model.ts';
import { listReads, type Read } from '../document/reads.ts';
import { collectValueConditions } from '../document/walk.ts';
import { isIn, type KnownValue, listUsedOperators } from '../operators/index.ts';
import { readNumber } from '../values/read-plain.ts';

/** The questions that a model asks of the value of one fact. */
export interface ValueReader {
  /** Whether some rule tells texts apart by more than their equality. */
  anyText: boolean;
  anyNumber: boolean;
  /** The tests that hold for some values only. */
  readonly tests: ((value: KnownValue) => boolean)[];
  /** The values that are named, as the model writes them. */
  readonly named: Set<string>;
}

export type ValueReaders = Readonly<Record<'attributes' | 'answers', ReadonlyMap<string, ValueReader>>>;

/** Finds what a model asks of each value, from all conditions, bands and tables that read it. */
export const collectValueReaders = (document: ModelDocument): ValueReaders => {
  const bags = { attributes: new Map<string, ValueReader>(), answers: new Map<string, ValueReader>() };

  const findReader = (read: Read | undefined): ValueReader | undefined => {
    if (read?.kind !== 'attribute' && read?.kind !== 'answer') return undefined;
    const bag = read.kind === 'attribute' ? bags.attributes : bags.answers;
    const found = bag.get(read.name) ?? { anyText: false, anyNumber: false, tests: [], named: new Set() };
    bag.set(read.name, found);
    // The words of an answer are read, whatever they are.
    if (read.field === 'words' || read.field === 'figures') found.anyText = true;
    return found;
  };

  const addNamed = (reader: ValueReader, values: readonly (string | number | boolean)[]): void => {
    for (const value of values) {
      reader.named.add(String(value));
      if (typeof value === 'number') reader.anyNumber = true;
    }
  };

  for (const { condition } of collectValueConditions(document)) {
    const reader = findReader(listReads(condition)[0]);
    if (reader === undefined) continue;
    for (const { name, operator, operand } of listUsedOperators(condition)) {
      const { cuts = [], literals = [], fragments = [], examples } = operator.distinguishes(operand);
      // Whether there is a value is asked of any value alike.
      if (name === 'known') continue;
      if (fragments.length > 0 || examples !== undefined) reader.anyText = true;
      if (cuts.length > 0) reader.anyNumber = true;
      addNamed(reader, literals);
      reader.tests.push(operator.holds(operand));
    }
  }
  for (const { criterion } of collectCriterionPaths(document)) {
    if (!('of' in criterion)) continue;
    const reader = findReader(listReads(criterion.of)[0]);
    if (reader === undefined) continue;
    if ('bands' in criterion) {
      reader.anyNumber = true;
      continue;
    }
    const keys = Object.keys(criterion.table);
    const isKey = isIn.holds(keys);
    addNamed(reader, keys);
    reader.tests.push(isKey);
  }
  return bags;
};

/** A text that no model names: a noncharacter. */
const nobodysText = '\u{10FFFF}';

/** Returns whether some rule tells a value from one that no rule names. */
export const isValueRead = (reader: ValueReader, value: NonNullable<FactValue>): boolean => {
  const { anyText, anyNumber, tests } = reader;
  if (anyText || (anyNumber && readNumber(value) !== undefined)) return true;
  return tests.some((test) => test(value) !== test(nobodysText));
};

/**
 * Returns whether the rules that read a value have a list of values. One that names a single value means all others by
 * it, too.
 */
export const hasValueList = ({ anyNumber, named }: ValueReader): boolean => anyNumber || named.size > 1;
