import { type FactValue, type Problem, showValue } from '../../events/index.ts';
import { listFirst } from '../../shared/suggest/index.ts';
import { undecodableProblem } from './cell-text.ts';
import type { Column, JoinedRow } from './columns.ts';
import { derivations } from './derive-text.ts';
import { foldText } from './fold-text.ts';
import type { CellSpec } from './mapping-fields.ts';
import { createNumberReader } from './number-format.ts';
import { createWordFinder } from './word-table.ts';

export type Report = (problem: Problem) => void;

/** Reads a cell. Returns `undefined` if it is empty, or wrong and reported. */
export type Read<T> = (row: JoinedRow, report: Report) => T | undefined;

/** The most texts that a problem lists. It is repeated for every row that has it. */
const mostListed = 100;

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['0', false],
  ['1', true],
  ['true', true],
  ['yes', true],
  ['y', true],
  ['false', false],
  ['no', false],
  ['n', false],
]);

const inBounds = ({ min, max, outside = 'reject' }: CellSpec) => {
  const allowed = [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`]
    .filter((bound) => bound !== '')
    .join(' and ');
  return (value: number, path: string, report: Report): number | undefined => {
    if (value >= (min ?? -Infinity) && value <= (max ?? Infinity)) return value;
    if (outside === 'reject') report({ path, given: String(value), allowed });
    return undefined;
  };
};

type Convert = (text: string, path: string, report: Report) => FactValue | undefined;

const readBoolean: Convert = (text, path, report) => {
  const value = booleans.get(text.toLowerCase());
  if (value === undefined) {
    report({ path, given: showValue(text), allowed: `${[...booleans.keys()].join(', ')}; or "values"` });
  }
  return value;
};

const createConverter = (spec: CellSpec): Convert => {
  switch (spec.type) {
    case 'string':
    case 'list':
      return (text) => text;
    case 'boolean':
      return readBoolean;
    case 'number': {
      const read = createNumberReader(spec);
      const bounded = inBounds(spec);
      return (text, path, report) => {
        const found = read(text);
        if (found.value !== undefined) return bounded(found.value, path, report);
        report({ path, given: showValue(text), allowed: found.allowed });
        return undefined;
      };
    }
    default:
      return spec.type satisfies never;
  }
};

/** Returns the function that looks a text up in the table of a cell, with the texts of the table for people. */
const tableReader = ({ values, words }: CellSpec) => {
  if (values !== undefined) {
    const table = new Map(
      Object.entries(values).map(([text, value]) => [foldText(text), value as FactValue]),
    );
    return { find: (text: string) => table.get(foldText(text)), texts: Object.keys(values) };
  }
  if (words !== undefined) return { find: createWordFinder(words), texts: Object.values(words).flat() };
  return undefined;
};

/** Returns the converter of texts that a table doesn't have, or of which no part can be taken. */
const otherwiseConverter = (
  otherwise: NonNullable<CellSpec['otherwise']>,
  convert: Convert,
  allowed: string,
): Convert => {
  if (typeof otherwise === 'object') return () => otherwise.fixed as FactValue;
  if (otherwise === 'keep') return convert;
  if (otherwise === 'omit') return () => undefined;
  return (text, path, report) => {
    report({ path, given: showValue(text), allowed });
    return undefined;
  };
};

/** Returns the converter of a cell. The table of the mapping goes before the conversion to its type. */
const translator = (spec: CellSpec): Convert => {
  const convert = createConverter(spec);
  const table = tableReader(spec);
  if (table === undefined) return convert;
  const { otherwise = spec.words === undefined ? 'reject' : 'omit' } = spec;
  const convertOther = otherwiseConverter(otherwise, convert, listFirst(table.texts, mostListed));
  return (text, path, report) => {
    const found = table.find(text);
    return found === undefined ? convertOther(text, path, report) : found;
  };
};

/** Returns the converter of a cell of which a part is taken first, such as the domain of an e-mail address. */
const taker = (spec: CellSpec): Convert => {
  const translate = translator(spec);
  if (spec.take === undefined) return translate;
  const { derive, allowed } = derivations[spec.take];
  const convertOther = otherwiseConverter(spec.otherwise ?? 'reject', createConverter(spec), allowed);
  return (text, path, report) => {
    const taken = derive(text);
    return taken === undefined ? convertOther(text, path, report) : translate(taken, path, report);
  };
};

/** Returns the cell's text, or an empty one if the cell is empty or isn't in the encoding of the file. */
export const readText = (column: Column, row: JoinedRow, report: Report): string => {
  const text = column.read(row);
  const problem = undecodableProblem(column.name, text);
  if (problem === undefined) return text;
  report(problem);
  return '';
};

/** Returns the function that tells whether a text counts as an empty cell. */
const blankTest = (spec: CellSpec): ((text: string) => boolean) => {
  const blanks = new Set(spec.blank?.map(foldText));
  return (text) => text === '' || (blanks.size > 0 && blanks.has(foldText(text)));
};

/**
 * Returns the reader of a cell.
 *
 * @param column the text's column, or `undefined` for a fixed value.
 */
export const cellReader = (spec: CellSpec, column: Column | undefined): Read<FactValue> => {
  if (column === undefined) return () => spec.fixed as FactValue;
  const isBlank = blankTest(spec);
  const translate = taker(spec);
  const separator = spec.separator ?? ';';
  const readOne = (text: string, report: Report) => translate(text, column.name, report);
  return (row, report) => {
    const text = readText(column, row, report);
    if (isBlank(text)) return undefined;
    if (spec.type !== 'list') return readOne(text, report);
    const items = text
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => !isBlank(item))
      .map((item) => readOne(item, report))
      .filter((item) => item !== undefined);
    return items.length === 0 ? undefined : (items as string[]);
  };
};
