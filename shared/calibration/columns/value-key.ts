import type { FactValue } from '../../../events/index.ts';
import { foldCase, normaliseText, readBoolean, readNumber } from '../../scoring/index.ts';

/** The longest text that a table of a model can name. */
const longestName = 200;

/** The key of all values that a table can't name. */
export const unnamed = '\u0000';

/**
 * Returns the key under which the table of a criterion finds a value: values with the same key get the same points.
 * A list has none.
 */
export const keyOfValue = (value: NonNullable<FactValue>): string => {
  if (typeof value === 'object') return unnamed;
  const number = readNumber(value);
  if (number !== undefined) {
    const text = String(number);
    // A number so large or small that its text has an exponent isn't found by that text.
    return readNumber(text) === number ? text : unnamed;
  }
  const yesNo = readBoolean(value);
  if (yesNo !== undefined) return String(yesNo);
  const text = String(value);
  const nameable = text.length <= longestName && text.length > 0 && normaliseText(text) === text;
  return nameable && !text.startsWith('__proto__') ? foldCase(text) : unnamed;
};
