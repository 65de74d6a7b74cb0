import type { FactValue } from '../../../events/index.ts';
import { foldCase } from './fold-case.ts';

/** A decimal number: a sign or none, digits, perhaps a fraction. No exponent, and nothing between thousands. */
const decimal = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;

/**
 * Reads a value where a number is asked for: a number, or a text that is a plain decimal number.
 *
 * @returns undefined for any other value
 * @example readNumber('-3.5') // -3.5
 */
export const readNumber = (value: FactValue | undefined): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !decimal.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
};

/**
 * Reads a value where yes or no is asked for: a boolean, or the text true or false in any case.
 *
 * @returns undefined for any other value
 */
export const readBoolean = (value: FactValue | undefined): boolean | undefined => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || value.length > 5) return undefined;
  const folded = foldCase(value);
  return folded === 'true' ? true : folded === 'false' ? false : undefined;
};
