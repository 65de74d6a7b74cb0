import { type FactValue, showValue } from '../../events/index.ts';
import { listFirst } from '../suggest/index.ts';
import { derivations } from './derive-text.ts';
import { foldText } from './fold-text.ts';
import { createNumberReader } from './number-format.ts';
import type { Field, Given, Read, Report, Scalar } from './record.ts';
import type { CellSpec, CellType } from './specs.ts';
import { createWordFinder } from './word-table.ts';

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

type Convert = (given: Scalar, path: string, report: Report) => FactValue | undefined;

const readBoolean: Convert = (given, path, report) => {
  if (typeof given === 'boolean') return given;
  const value = booleans.get(String(given).toLowerCase());
  if (value === undefined) {
    report({ path, given: showValue(given), allowed: `${[...booleans.keys()].join(', ')}; or "values"` });
  }
  return value;
};

const numberConverter = (spec: CellSpec): Convert => {
  const read = createNumberReader(spec);
  const bounded = inBounds(spec);
  return (given, path, report) => {
    if (typeof given === 'number') return bounded(given, path, report);
    const found = read(String(given));
    if (found.value !== undefined) return bounded(found.value, path, report);
    report({ path, given: showValue(given), allowed: found.allowed });
    return undefined;
  };
};

const createConverter = (spec: CellSpec): Convert => {
  switch (spec.type) {
    case undefined:
      return (given) => given;
    case 'string':
    case 'list':
      return String;
    case 'boolean':
      return readBoolean;
    case 'number':
      return numberConverter(spec);
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
  return (given, path, report) => {
    report({ path, given: showValue(given), allowed });
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
  return (given, path, report) => {
    const found = table.find(String(given));
    return found === undefined ? convertOther(given, path, report) : found;
  };
};

/** Returns the converter of a cell of which a part is taken first, such as the domain of an e-mail address. */
const taker = (spec: CellSpec): Convert => {
  const translate = translator(spec);
  if (spec.take === undefined) return translate;
  const { derive, allowed } = derivations[spec.take];
  const convertOther = otherwiseConverter(spec.otherwise ?? 'reject', createConverter(spec), allowed);
  return (given, path, report) => {
    const taken = derive(String(given));
    return taken === undefined ? convertOther(given, path, report) : translate(taken, path, report);
  };
};

/** Returns the function that tells whether a value counts as nothing. */
const blankTest = (spec: CellSpec): ((given: Scalar) => boolean) => {
  const blanks = new Set(spec.blank?.map(foldText));
  return (given) => given === '' || (blanks.size > 0 && blanks.has(foldText(String(given))));
};

const typeNames: Readonly<Record<Exclude<CellType, 'list'>, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** Returns the reader of a list, which a text is too if the mapping asks for one. */
const listReader = (spec: CellSpec, readOne: (given: Scalar, report: Report) => FactValue | undefined) => {
  const isBlank = blankTest(spec);
  const split = (given: Exclude<Given, undefined>): readonly string[] =>
    typeof given === 'object' ? given : String(given).split(spec.separator ?? ';');
  return (given: Exclude<Given, undefined>, report: Report): FactValue | undefined => {
    const items = split(given)
      .map((item) => item.trim())
      .filter((item) => !isBlank(item))
      .map((item) => readOne(item, report))
      .filter((item) => item !== undefined);
    return items.length === 0 ? undefined : (items as string[]);
  };
};

/**
 * Returns the reader of a cell, or of a value of a payload.
 *
 * @param field the place of the value, or `undefined` for a fixed value
 */
export const cellReader = <R>(spec: CellSpec, field: Field<R> | undefined): Read<R, FactValue> => {
  if (field === undefined) return () => spec.fixed as FactValue;
  const { type } = spec;
  const isBlank = blankTest(spec);
  const translate = taker(spec);
  const readOne = (given: Scalar, report: Report) => translate(given, field.name, report);
  const readList = listReader(spec, readOne);
  return (record, report) => {
    const given = field.read(record, report);
    if (given === undefined) return undefined;
    if (typeof given !== 'object') {
      if (isBlank(given)) return undefined;
      return type === 'list' ? readList(given, report) : readOne(given, report);
    }
    if (type === undefined || type === 'list') return readList(given, report);
    report({ path: field.name, given: showValue(given), allowed: typeNames[type] });
    return undefined;
  };
};
