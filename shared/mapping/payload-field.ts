import { showValue } from '../../events/index.ts';
import { foldText } from './fold-text.ts';
import { type Found, findAtPath } from './payload-path.ts';
import type { Field, FindField, Report } from './record.ts';

/** A payload with what was found in it so far: several parts of a mapping name one path. */
export interface PayloadRecord {
  readonly payload: unknown;
  readonly found: Map<string, Found>;
}

export const createRecord = (payload: unknown): PayloadRecord => ({ payload, found: new Map() });

const searchOnce = ({ payload, found }: PayloadRecord, path: string): Found => {
  const known = found.get(path);
  if (known !== undefined) return known;
  const result = findAtPath(path, payload);
  found.set(path, result);
  return result;
};

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Returns a value without white space around a text, or `undefined` if it says nothing. */
const trimmed = (value: unknown, blanks: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  // JSON has a minus zero. It is stored as zero, so it has to be zero from the beginning.
  const text = typeof value === 'string' ? value.trim() : value === 0 ? 0 : value;
  if (text === '') return undefined;
  return blanks.size > 0 && typeof text !== 'object' && blanks.has(foldText(String(text))) ? undefined : text;
};

const allowedValues = 'a text, a number, true, false or a list of texts';

/**
 * Returns the function that finds fields of payloads.
 *
 * @param blank texts that mean nothing, wherever they are
 */
export const pathFinder = (blank: readonly string[]): FindField<Field<PayloadRecord>> => {
  const blanks = new Set(blank.map(foldText));

  return (name) => {
    const find = (record: PayloadRecord, report: Report): unknown => {
      const found = searchOnce(record, name);
      if ('value' in found) return trimmed(found.value, blanks);
      report({
        path: name,
        given: `a payload for which it fails (${found.failure})`,
        allowed: 'an expression that fits; a "when" or not_null(…) excludes payloads without the value',
      });
      return undefined;
    };

    return {
      name,
      empty: 'nothing',
      isFilled: (record, report) => find(record, report) !== undefined,
      listTexts(record, report) {
        const value = find(record, report);
        if (value === undefined) return [''];
        if (typeof value !== 'object') return [String(value)];
        return isTexts(value) ? value : [];
      },
      read(record, report) {
        const value = find(record, report);
        if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
          return value;
        if (value === undefined || isTexts(value)) return value;
        report({ path: name, given: showValue(value), allowed: allowedValues });
        return undefined;
      },
    };
  };
};
