import { inboundContracts, showValue } from '../../events/index.ts';
import { compileDateFormat } from './date-format.ts';
import { foldText } from './fold-text.ts';
import { makeSafe } from './lead-id.ts';
import type { Field, FindField, Read, Report } from './record.ts';
import type { AtSpec, Condition, IdSpec } from './specs.ts';

const leadIdSchema = inboundContracts.LeadErasureRequested.data.shape.leadId;

/** Returns the reader of a text, which a number is too: vendors' ids are either. */
export const textReader =
  <R>(field: Field<R>): Read<R, string> =>
  (record, report) => {
    const given = field.read(record, report);
    if (typeof given !== 'object' && typeof given !== 'boolean') return given?.toString();
    report({ path: field.name, given: showValue(given), allowed: 'a text or a number' });
    return undefined;
  };

/** Returns the reader of an id as the mapping composes it, without the prefix. */
const idTextReader = <R>(spec: IdSpec, path: string, find: FindField<Field<R>>): Read<R, string> => {
  const readers = spec.names.map((name) => textReader(find(name, path)));
  return (record, report) => {
    const texts = readers.map((read) => read(record, report));
    if (texts.includes(undefined)) return undefined;
    const text = texts.join(spec.separator);
    return spec.case === 'lower' ? foldText(text) : text;
  };
};

/** Returns the reader of a record's id. */
export const idReader = <R>(spec: IdSpec, path: string, find: FindField<Field<R>>): Read<R, string> => {
  const read = idTextReader(spec, path, find);
  return (record, report) => {
    const text = read(record, report);
    return text === undefined ? undefined : spec.prefix + text;
  };
};

/** The ways to make a lead id of any text, by the one that the mapping has. */
const unsafeHints = {
  reject: '; or "unsafe": "escape" or "hash" in the id, which makes one of any text',
  escape: '; or "unsafe": "hash" in the id, which makes one of any length',
  hash: '',
};

/** Returns the reader of a lead's id, which reports an id that no event may carry as a problem of its field. */
export const leadIdReader = <R>(spec: IdSpec, path: string, find: FindField<Field<R>>): Read<R, string> => {
  const read = idTextReader(spec, path, find);
  const empty = spec.names.map((name) => find(name, path).empty)[0] ?? '';
  const label = spec.names.join(' and ');
  const { unsafe } = spec;
  const hint = unsafeHints[unsafe ?? 'reject'];
  return (record, report) => {
    const text = read(record, report);
    if (text === undefined) {
      report({ path: label, given: empty, allowed: 'a lead id' });
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

export interface TimeReader<R, F> {
  /** The field that the date is in, if it isn't the same for all records. */
  readonly field: F | undefined;
  readonly read: Read<R, string>;
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
 * @param asOf the instant for which CSV files tell the state of things
 */
export const timeReader = <R, F extends Field<R>>(
  spec: AtSpec,
  path: string,
  find: FindField<F>,
  fallback: AtSpec | undefined,
  asOf?: string | undefined,
): TimeReader<R, F> => {
  if (spec.name === undefined) {
    const fixed = spec.asOf ? asOf : new Date(spec.fixed ?? 0).toISOString();
    return { field: undefined, read: () => fixed };
  }
  const field = find(spec.name, path);
  const format = spec.format ?? fallback?.format ?? 'iso';
  const compiled = compileDateFormat(format, {
    timeZone: spec.timeZone ?? fallback?.timeZone,
    locale: spec.locale ?? fallback?.locale,
    pivot: spec.pivot ?? fallback?.pivot,
  });
  const readDate = memoize((text: string) => compiled?.read(text));
  const allowed = `a date that exists, written as ${format}, such as ${compiled?.example}`;
  return {
    field,
    read(record, report) {
      const given = field.read(record, report);
      const at = given === undefined ? undefined : readDate(String(given));
      if (at !== undefined && at <= latest) return new Date(at).toISOString();
      report({
        path: field.name,
        given: given === undefined ? field.empty : showValue(given),
        allowed: `${allowed}${given === undefined ? '; or a "when" for the event' : ''}`,
      });
      return undefined;
    },
  };
};

export type Test<R> = (record: R, report: Report) => boolean;

export const compileTest = <R>(
  { name, filled = true, equals, not }: Condition,
  path: string,
  find: FindField<Field<R>>,
): Test<R> => {
  const field = find(name, path);
  const texts = new Set((equals ?? not)?.map(foldText));
  const isAny: Test<R> = (record, report) =>
    field.listTexts(record, report).some((text) => texts.has(foldText(text)));
  if (equals !== undefined) return isAny;
  if (not !== undefined) return (record, report) => !isAny(record, report);
  return (record, report) => field.isFilled(record, report) === filled;
};
