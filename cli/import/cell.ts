import { type FactValue, type Problem, showValue } from '../../events/index.ts';
import { listFirst } from '../../shared/suggest/index.ts';
import { undecodableProblem } from './cell-text.ts';
import type { Column, JoinedRow } from './columns.ts';
import type { CellSpec } from './mapping-fields.ts';

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

const escaped = (sign: string): string => `\\${sign}`;

const numberReader = ({ decimal = '.', thousands }: CellSpec) => {
  const whole = thousands === undefined ? '\\d+' : `(?:\\d{1,3}(?:${escaped(thousands)}\\d{3})+|\\d+)`;
  const pattern = new RegExp(`^[+-]?${whole}(?:${escaped(decimal)}\\d+)?(?:[eE][+-]?\\d{1,3})?$`);
  const example = `1${thousands ?? ''}250${decimal}5`;
  return (text: string, path: string, report: Report): number | undefined => {
    const plain = thousands === undefined ? text : text.replaceAll(thousands, '');
    const value = pattern.test(text) ? Number(plain.replace(decimal, '.')) : Number.NaN;
    if (Number.isFinite(value)) return value;
    report({ path, given: showValue(text), allowed: `a number, written as ${example}` });
    return undefined;
  };
};

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
      const read = numberReader(spec);
      const bounded = inBounds(spec);
      return (text, path, report) => {
        const value = read(text, path, report);
        return value === undefined ? undefined : bounded(value, path, report);
      };
    }
    default:
      return spec.type satisfies never;
  }
};

/** Returns the converter of a cell. The mapping's translation of a text goes before the conversion to its type. */
const translator = (spec: CellSpec): Convert => {
  const convert = createConverter(spec);
  if (spec.values === undefined) return convert;
  const values = new Map(Object.entries(spec.values));
  const allowed = listFirst([...values.keys()], mostListed);
  return (text, path, report) => {
    if (values.has(text)) return values.get(text) as FactValue;
    if (spec.otherwise === 'keep') return convert(text, path, report);
    if (spec.otherwise !== 'omit') {
      report({ path, given: showValue(text), allowed });
    }
    return undefined;
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

/**
 * Returns the reader of a cell.
 *
 * @param column the text's column, or `undefined` for a fixed value.
 */
export const cellReader = (spec: CellSpec, column: Column | undefined): Read<FactValue> => {
  if (column === undefined) return () => spec.fixed as FactValue;
  const blanks = new Set(spec.blank);
  const translate = translator(spec);
  const separator = spec.separator ?? ';';
  const readOne = (text: string, report: Report) => translate(text, column.name, report);
  return (row, report) => {
    const text = readText(column, row, report);
    if (text === '' || blanks.has(text)) return undefined;
    if (spec.type !== 'list') return readOne(text, report);
    const items = text
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '' && !blanks.has(item))
      .map((item) => readOne(item, report))
      .filter((item) => item !== undefined);
    return items.length === 0 ? undefined : (items as string[]);
  };
};
