import {
  type ActivityCounts,
  computeDay,
  countWithin,
  foldCase,
  normaliseText,
  readNumber,
} from '../../scoring/index.ts';
import type { Row } from '../types.ts';
import { type Field, readField } from './fields.ts';
import type { Bins } from './tally.ts';
import { keyOfValue, unnamed } from './value-key.ts';

interface Read {
  readonly field: Field;
}

/** Numbers by row; NaN if none is known. */
export interface NumberSource extends Read {
  readonly kind: 'numbers';
  readonly values: Float64Array;
}

/** Values by row, as indexes of `names`; -1 if none is known. A name is spelt as most leads have it. */
export interface ValueSource extends Read {
  readonly kind: 'values';
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** Whether a list has an entry, by row. */
export interface EntrySource extends Read {
  readonly kind: 'entry';
  readonly entry: string;
  readonly has: Uint8Array;
}

/** The times that an activity occurred, by row: in the last days, or ever if there is no window. */
export interface CountSource extends Read {
  readonly kind: 'counts';
  readonly withinDays: number | undefined;
  readonly values: Float64Array;
}

/** The division of the rows by a criterion of a model in use. */
export interface CriterionSource extends Read {
  readonly kind: 'criterion';
  readonly dimension: string;
  readonly size: number;
  readonly bins: Bins;
  /** The numbers of its bins; undefined if they have no order. */
  readonly order: { readonly from: 0 | 1; readonly means: readonly number[] } | undefined;
}

/** A respect in which rows differ, of which a criterion is made. */
export type Source = NumberSource | ValueSource | EntrySource | CountSource | CriterionSource;

/** The days of the windows in which an activity is counted; undefined is ever. */
const windows = [7, 30, 90, undefined] as const;

/** The most entries of the lists of a field of which criteria are made. */
const mostEntries = 30;
/** The fewest leads that must have an entry. */
const fewestOfEntry = 20;

const readNumbers = (rows: readonly Row[], field: Field): NumberSource => ({
  kind: 'numbers',
  field,
  values: Float64Array.from(rows, (row) => readNumber(readField(row, field)) ?? Number.NaN),
});

/** Finds the spelling of each key that most leads have. */
const findSpellings = (spelt: ReadonlyMap<string, ReadonlyMap<string, number>>): string[] =>
  [...spelt.values()].map((spellings) => {
    const [first] = [...spellings].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return first?.[0] ?? unnamed;
  });

const readValues = (rows: readonly Row[], field: Field): ValueSource => {
  const codes = new Int32Array(rows.length).fill(-1);
  const codeOf = new Map<string, number>();
  const spelt = new Map<string, Map<string, number>>();
  for (const [i, row] of rows.entries()) {
    const value = readField(row, field);
    if (value === undefined || value === null) continue;
    const key = keyOfValue(value);
    const code = codeOf.get(key) ?? codeOf.size;
    codeOf.set(key, code);
    codes[i] = code;
    const spelling = typeof value === 'string' && foldCase(value) === key ? value : key;
    const spellings = spelt.get(key) ?? new Map<string, number>();
    spelt.set(key, spellings.set(spelling, (spellings.get(spelling) ?? 0) + 1));
  }
  return { kind: 'values', field, codes, names: findSpellings(spelt) };
};

const listEntries = (row: Row, field: Field): string[] => {
  const value = readField(row, field);
  return Array.isArray(value) ? [...new Set(value.map((entry) => foldCase(normaliseText(entry))))] : [];
};

/** An entry that a condition can look for without finding other words that have it within them. */
const canBeSought = (entry: string): boolean => entry.length > 3 && entry.length <= 200;

const readEntries = (rows: readonly Row[], field: Field): EntrySource[] => {
  const leads = new Map<string, number[]>();
  for (const [i, row] of rows.entries()) {
    for (const entry of listEntries(row, field)) {
      const having = leads.get(entry);
      if (having === undefined) leads.set(entry, [i]);
      else having.push(i);
    }
  }
  return [...leads]
    .filter(([entry, having]) => canBeSought(entry) && having.length >= fewestOfEntry)
    .toSorted((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostEntries)
    .map(([entry, having]) => {
      const has = new Uint8Array(rows.length);
      for (const i of having) has[i] = 1;
      return { kind: 'entry', field, entry, has };
    });
};

const countOne = (counts: ActivityCounts | undefined, at: number, withinDays: number | undefined): number => {
  if (counts === undefined) return 0;
  return withinDays === undefined ? counts[0] : countWithin(counts, computeDay(at), withinDays);
};

const readCounts = (rows: readonly Row[], field: Field): CountSource[] =>
  windows.map((withinDays) => ({
    kind: 'counts',
    field,
    withinDays,
    values: Float64Array.from(rows, ({ facts, at }) =>
      countOne(
        Object.hasOwn(facts.activities, field.name) ? facts.activities[field.name] : undefined,
        at,
        withinDays,
      ),
    ),
  }));

/** Reads a field of all rows. */
export const readSources = (rows: readonly Row[], field: Field): Source[] => {
  switch (field.as) {
    case 'numbers':
      return [readNumbers(rows, field)];
    case 'values':
      return [readValues(rows, field)];
    case 'lists':
      return readEntries(rows, field);
    case 'counts':
      return readCounts(rows, field);
    default:
      return field.as satisfies never;
  }
};
