import { inboundContracts, showValue } from '../../events/index.ts';
import { type Read, readText } from './cell.ts';
import type { Column, FindColumn, JoinedRow } from './columns.ts';
import { compileDateFormat } from './date-format.ts';
import { foldText } from './fold-text.ts';
import { makeSafe } from './lead-id.ts';
import type { AtSpec, Condition, IdSpec } from './mapping-fields.ts';

const leadIdSchema = inboundContracts.LeadErasureRequested.data.shape.leadId;

/** Returns the reader of an id as the mapping composes it, without the prefix. */
const idTextReader = (spec: IdSpec, path: string, find: FindColumn): Read<string> => {
  const columns = spec.columns.map((name) => find(name, path));
  return (row, report) => {
    const texts = columns.map((column) => readText(column, row, report));
    if (texts.includes('')) return undefined;
    const text = texts.join(spec.separator);
    return spec.case === 'lower' ? foldText(text) : text;
  };
};

/** Returns the reader of a record's id. */
export const idReader = (spec: IdSpec, path: string, find: FindColumn): Read<string> => {
  const read = idTextReader(spec, path, find);
  return (row, report) => {
    const text = read(row, report);
    return text === undefined ? undefined : spec.prefix + text;
  };
};

/** The ways to make a lead id of any text, by the one that the mapping has. */
const unsafeHints = {
  reject: '; or "unsafe": "escape" or "hash" in the id, which makes one of any text',
  escape: '; or "unsafe": "hash" in the id, which makes one of any length',
  hash: '',
};

/** Returns the reader of a lead's id, which reports an id that no event may carry as a problem of its column. */
export const leadIdReader = (spec: IdSpec, path: string, find: FindColumn): Read<string> => {
  const read = idTextReader(spec, path, find);
  const label = spec.columns.join(' and ');
  const { unsafe } = spec;
  const hint = unsafeHints[unsafe ?? 'reject'];
  return (row, report) => {
    const text = read(row, report);
    if (text === undefined) {
      report({ path: label, given: 'an empty cell', allowed: 'a lead id' });
      return undefined;
    }
    const id = spec.prefix + (unsafe === undefined ? text : makeSafe(text, unsafe));
    const parsed = leadIdSchema.safeParse(id);
    if (parsed.success) return parsed.data;
    const allowed = parsed.error.issues[0]?.message ?? 'a lead id';
    report({
      path: label,
      given: showValue(spec.prefix + text),
      allowed: allowed + hint,
    });
    return undefined;
  };
};

export interface TimeReader {
  readonly column: Column | undefined;
  readonly read: Read<string>;
}

/** The last instant of a four-digit year in ISO 8601. The contract narrows it further. */
const latest = Date.UTC(9999, 11, 31);

/** The most dates that are kept: rows of an export share days, and reading one in a time zone takes long. */
const mostDates = 10_000;

/** Returns a function of texts that keeps its results, and begins again when they are too many. */
const memoize = <T>(compute: (text: string) => T): ((text: string) => T | undefined) => {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text);
    if (known.size >= mostDates) known.clear();
    const result = compute(text);
    known.set(text, result);
    return result;
  };
};

/**
 * Returns the reader of the time of events.
 *
 * @param fallback the date of the mapping, whose options are those of the other dates unless they have their own
 * @param asOf the instant for which the files tell the state of things
 */
export const timeReader = (
  spec: AtSpec,
  path: string,
  find: FindColumn,
  fallback: AtSpec | undefined,
  asOf: string | undefined,
): TimeReader => {
  if (spec.column === undefined) {
    const fixed = spec.asOf ? asOf : new Date(spec.fixed ?? 0).toISOString();
    return { column: undefined, read: () => fixed };
  }
  const column = find(spec.column, path);
  const format = spec.format ?? fallback?.format ?? 'iso';
  const compiled = compileDateFormat(format, {
    timeZone: spec.timeZone ?? fallback?.timeZone,
    locale: spec.locale ?? fallback?.locale,
    pivot: spec.pivot ?? fallback?.pivot,
  });
  const readDate = memoize((text: string) => compiled?.read(text));
  const allowed = `a date that exists, written as ${format}, such as ${compiled?.example}`;
  return {
    column,
    read(row, report) {
      const text = readText(column, row, report);
      const at = text === '' ? undefined : readDate(text);
      if (at !== undefined && at <= latest) return new Date(at).toISOString();
      const empty = text === '';
      report({
        path: column.name,
        given: empty ? 'an empty cell' : showValue(text),
        allowed: `${allowed}${empty ? '; or a "when" for the event' : ''}`,
      });
      return undefined;
    },
  };
};

export type Test = (row: JoinedRow) => boolean;

export const compileTest = (
  condition: Condition,
  path: string,
  find: FindColumn,
  joinNames: readonly string[],
): Test => {
  if (condition.joined !== undefined) {
    const index = joinNames.indexOf(condition.joined);
    return ({ joined }) => joined[index] !== undefined;
  }
  const column = find(condition.column ?? '', path);
  const { filled = true, equals, not } = condition;
  const texts = new Set((equals ?? not)?.map(foldText));
  if (equals !== undefined) return (row) => texts.has(foldText(column.read(row)));
  if (not !== undefined) return (row) => !texts.has(foldText(column.read(row)));
  return (row) => (column.read(row) !== '') === filled;
};
