import type { FactValue } from '../../../events/index.ts';
import { collectCriterionPaths } from '../document/condition-paths.ts';
import type { ModelDocument } from '../document/model.ts';
import type { Plain } from '../document/plain.ts';
import { listReads, type Read } from '../document/reads.ts';
import { collectValueConditions } from '../document/walk.ts';
import { isIn, type KnownValue, listUsedOperators } from '../operators/index.ts';
import { readLiteral } from '../values/literals.ts';
import { readBoolean, readNumber } from '../values/read-plain.ts';

/** The questions that a model asks of the value of one fact. */
export interface ValueReader {
  /** Whether some rule tells texts apart by more than their equality. */
  anyText: boolean;
  /** Whether some rule tells numbers apart by more than their equality. */
  anyNumber: boolean;
  /** The tests that hold for some values only. */
  readonly tests: ((value: KnownValue) => boolean)[];
  /** The values that are named, as the model writes them. */
  readonly named: Set<string>;
  /** The types of the values that are named. */
  readonly types: Set<'string' | 'number' | 'boolean'>;
}

export type ValueReaders = Readonly<Record<'attributes' | 'answers', ReadonlyMap<string, ValueReader>>>;

/** Finds what a model asks of each value, from all conditions, bands and tables that read it. */
export const collectValueReaders = (document: ModelDocument): ValueReaders => {
  const bags = { attributes: new Map<string, ValueReader>(), answers: new Map<string, ValueReader>() };

  const findReader = (read: Read | undefined): ValueReader | undefined => {
    if (read?.kind !== 'attribute' && read?.kind !== 'answer') return undefined;
    const bag = read.kind === 'attribute' ? bags.attributes : bags.answers;
    const found = bag.get(read.name) ?? {
      anyText: false,
      anyNumber: false,
      tests: [],
      named: new Set(),
      types: new Set(),
    };
    bag.set(read.name, found);
    // The words of an answer are read, whatever they are.
    if (read.field === 'words' || read.field === 'figures') found.anyText = true;
    return found;
  };

  const addNamed = (reader: ValueReader, values: readonly Plain[]): void => {
    for (const value of values) {
      reader.named.add(String(value));
      reader.types.add(typeof readLiteral(value) as 'string' | 'number' | 'boolean');
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
      // Of a quotient, which numbers are named depends on the lane.
      const isQuotient = 'relativeTo' in condition && condition.relativeTo !== undefined;
      if (cuts.length > 0 || isQuotient) reader.anyNumber = true;
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

/** Returns whether a value is of another type than the only one that the rules name: neither yes nor no, or no number. */
const isOfOtherType = ({ types }: ValueReader, value: NonNullable<FactValue>): boolean =>
  types.size === 1 &&
  ((types.has('boolean') && readBoolean(value) === undefined) ||
    (types.has('number') && readNumber(value) === undefined));

/**
 * Returns whether a value that no rule names is a mistake: the rules have a list of values, or ask for another type. A
 * rule that names a single value means all others of its type by it, too.
 */
export const isMistaken = (reader: ValueReader, value: NonNullable<FactValue>): boolean =>
  reader.anyNumber || reader.named.size > 1 || isOfOtherType(reader, value);
