import { foldText } from '../../../shared/mapping/index.ts';
import { guessDate, type ShownOrder } from './guess-date.ts';
import { guessNumber } from './guess-number.ts';
import { guessers } from './guess-values.ts';
import type { Profile } from './profile.ts';

type Event = Profile['events'][number];
type Json = Readonly<Record<string, unknown>>;

/** A column of one of the files, as a mapping names it, with its texts. */
export interface FoundColumn {
  readonly name: string;
  readonly values: readonly string[];
  /** The order of day and month that another column of the file shows. */
  readonly order: ShownOrder | undefined;
}

/** Finds a column by the name that a profile has for it. */
export type FindColumn = (name: string) => FoundColumn | undefined;

/** Takes a remark about the mapping for the person who will read it. */
export type Remark = (text: string) => void;

const isObject = (given: unknown): given is Json =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

const quote = (text: string): string => JSON.stringify(text);

/** Returns the texts of a column, each once, the most frequent first. */
const countTexts = (values: readonly string[]): string[] => {
  const counts = new Map<string, number>();
  for (const text of values) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([text]) => text);
};

/**
 * Returns a date of a mapping with the format that its column has, or `undefined` if there are no dates in it.
 *
 * @param remark takes what nothing in the file shows
 */
export const adaptDate = (found: FoundColumn | undefined, remark: Remark): Json | undefined => {
  if (found === undefined || found.values.length === 0) return undefined;
  const guess = guessDate(found.values, true, found.order?.first);
  if (guess === undefined) {
    remark(`${found.name}: no date format reads ${quote(found.values[0] ?? '')}; what needs it is left out`);
    return undefined;
  }
  const { format, locale, orElse, unread, chosenBy } = guess;
  if (orElse !== undefined) {
    remark(
      `${found.name}: nothing shows whether the day or the month is first; "${format}" is a guess for "${orElse}"`,
    );
  }
  if (chosenBy !== undefined)
    remark(`${found.name}: the ${chosenBy} is taken to be first, as in ${quote(found.order?.column ?? '')}`);
  if (guess.isLocal)
    remark(`${found.name}: dates without an offset are read as UTC; "timeZone" names another zone`);
  if (unread !== undefined)
    remark(`${found.name}: ${quote(unread)} is not written as "${format}"; such rows are bad`);
  return { column: found.name, format, ...(locale !== undefined && { locale }) };
};

/** Adds the values that a file has to a table, where their names say what they mean. */
const adaptValues = (field: string, { name, values }: FoundColumn, table: Json, remark: Remark): Json => {
  const guess = field === 'stage' || field === 'outcome' ? guessers[field] : () => undefined;
  const known = new Set(Object.keys(table).map(foldText));
  const others = countTexts(values).filter((text) => !known.has(foldText(text)));
  const distinct = [...new Map(others.map((text) => [foldText(text), text])).values()];
  const guessed = distinct.flatMap((text) => {
    const value = guess(text);
    return value === undefined ? [] : [[text, value] as const];
  });
  const unknown = distinct.filter((text) => !guessed.some(([one]) => one === text));
  if (guessed.length > 0) {
    remark(
      `${name}: guessed that ${guessed.map(([text, value]) => `${quote(text)} is ${value}`).join(', ')}`,
    );
  }
  if (unknown.length > 0 && field === 'stage') {
    const shown = unknown.slice(0, 10).map(quote).join(', ') + (unknown.length > 10 ? ', …' : '');
    remark(`${name}: no ${field} is known for ${shown}; add what they mean to its "values"`);
  }
  return { ...table, ...Object.fromEntries(guessed) };
};

const numberFields = new Set(['amount', 'count', 'total']);

/** Returns a cell of a profile for the file at hand, or `undefined` if its column isn't there. */
const adaptCell = (field: string, given: unknown, find: FindColumn, remark: Remark): unknown => {
  const cell: Json = typeof given === 'string' ? { column: given } : isObject(given) ? given : {};
  if (typeof cell.column !== 'string') return given;
  const found = find(cell.column);
  if (found === undefined) return undefined;
  const isNumber = cell.type === 'number' || numberFields.has(field);
  const guess = isNumber && found.values.length > 0 ? guessNumber(found.values) : { way: {} };
  if (guess === undefined) {
    remark(
      `${found.name}: not all of it are numbers, such as ${quote(found.values.find((text) => guessNumber([text]) === undefined) ?? found.values[0] ?? '')}; it is left out`,
    );
    return undefined;
  }
  if (guess.doubt !== undefined) {
    const { text, value, other } = guess.doubt;
    remark(
      `${found.name}: nothing shows whether ${quote(text)} is ${value} or ${other}; it is read as ${value}`,
    );
  }
  const adapted: Json = {
    ...cell,
    ...guess.way,
    column: found.name,
    ...(isObject(cell.values) && { values: adaptValues(field, found, cell.values, remark) }),
  };
  return Object.keys(adapted).length === 1 ? found.name : adapted;
};

/** The fields without which an event of a profile is left out. */
const needed = new Set(['stage', 'outcome', 'activity', 'total', 'at', 'when', 'attributes', 'answers']);

const adaptField = (field: string, given: unknown, find: FindColumn, remark: Remark): unknown => {
  switch (field) {
    case 'type':
    case 'each':
    case 'note':
      return given;
    case 'at':
      return typeof given === 'string' ? adaptDate(find(given), remark) : given;
    case 'recordId':
      return typeof given === 'string' ? find(given)?.name : given;
    case 'attributes':
    case 'answers':
    case 'properties': {
      const cells = Object.entries(given as Json).flatMap(([name, cell]) => {
        const adapted = adaptCell(name, cell, find, remark);
        return adapted === undefined ? [] : [[name, adapted] as const];
      });
      return cells.length === 0 ? undefined : Object.fromEntries(cells);
    }
    case 'when': {
      const condition = given as { readonly column: string };
      const found = find(condition.column);
      return found && { ...condition, column: found.name };
    }
    default:
      return adaptCell(field, given, find, remark);
  }
};

/** Returns the events of a profile that the file at hand can give, with the names and formats of its columns. */
export const adaptEvents = (events: readonly Event[], find: FindColumn, remark: Remark): Event[] =>
  events.flatMap((event) => {
    const fields = Object.entries(event).map(
      ([field, given]) => [field, adaptField(field, given, find, remark)] as const,
    );
    if (fields.some(([field, adapted]) => adapted === undefined && needed.has(field))) return [];
    return [Object.fromEntries(fields.filter(([, adapted]) => adapted !== undefined)) as unknown as Event];
  });
