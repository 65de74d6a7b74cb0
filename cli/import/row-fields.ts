import { inboundContracts, showValue } from '../../events/index.ts';
import { type Read, readText } from './cell.ts';
import type { Column, FindColumn, JoinedRow } from './columns.ts';
import { compileDateFormat } from './date-format.ts';
import type { AtSpec, Condition, IdSpec } from './mapping-fields.ts';

const leadIdSchema = inboundContracts.LeadErasureRequested.data.shape.leadId;

export const idReader = (spec: IdSpec, path: string, find: FindColumn): Read<string> => {
  const columns = spec.columns.map((name) => find(name, path));
  return (row, report) => {
    const texts = columns.map((column) => readText(column, row, report));
    return texts.includes('') ? undefined : spec.prefix + texts.join(spec.separator);
  };
};

/** Returns the reader of a lead's id, which reports an id that no event may carry as a problem of its column. */
export const leadIdReader = (spec: IdSpec, path: string, find: FindColumn): Read<string> => {
  const read = idReader(spec, path, find);
  const label = spec.columns.join(' and ');
  return (row, report) => {
    const id = read(row, report);
    const parsed = leadIdSchema.safeParse(id);
    if (parsed.success) return parsed.data;
    const allowed = id === undefined ? 'a lead id' : (parsed.error.issues[0]?.message ?? 'a lead id');
    report({ path: label, given: id === undefined ? 'an empty cell' : showValue(id), allowed });
    return undefined;
  };
};

export interface TimeReader {
  readonly column: Column | undefined;
  readonly read: Read<string>;
}

/** The last instant of a four-digit year in ISO 8601. The contract narrows it further. */
const latest = Date.UTC(9999, 11, 31);

export const timeReader = (
  spec: AtSpec,
  path: string,
  find: FindColumn,
  fallback: AtSpec | undefined,
): TimeReader => {
  if (spec.column === undefined) {
    const fixed = new Date(spec.fixed ?? 0).toISOString();
    return { column: undefined, read: () => fixed };
  }
  const column = find(spec.column, path);
  const format = spec.format ?? fallback?.format ?? 'iso';
  const timeZone = spec.timeZone ?? fallback?.timeZone ?? 'UTC';
  const parse = compileDateFormat(format, timeZone);
  return {
    column,
    read(row, report) {
      const text = readText(column, row, report);
      const at = text === '' ? undefined : parse?.(text);
      if (at !== undefined && at <= latest) return new Date(at).toISOString();
      const empty = text === '';
      report({
        path: column.name,
        given: empty ? 'an empty cell' : showValue(text),
        allowed: `a date that exists, written as ${format}${empty ? '; or a "when" for the event' : ''}`,
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
  const texts = new Set(equals ?? not);
  if (equals !== undefined) return (row) => texts.has(column.read(row));
  if (not !== undefined) return (row) => !texts.has(column.read(row));
  return (row) => (column.read(row) !== '') === filled;
};
