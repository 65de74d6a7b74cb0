import type { FactValue } from '../../../events/index.ts';
import type { Plain } from '../document/plain.ts';
import { foldCase } from './fold-case.ts';
import { normaliseText } from './normalise.ts';
import { readBoolean, readNumber } from './read-plain.ts';

/**
 * Returns what a literal of a model asks for: a number, yes or no, or else a text. The text of a number asks for that
 * number, as it does in the table of a criterion, whose names are texts; "007" and "1.0" are no such text.
 */
export const readLiteral = (literal: Plain): Plain => {
  if (typeof literal !== 'string') return literal;
  const text = normaliseText(literal);
  const number = readNumber(text);
  if (number !== undefined && String(number) === text) return number;
  return readBoolean(text) ?? text;
};

/** Returns the keys under which a literal is found: as it is spelt, and folded. */
const keysOf = (literal: Plain): Plain[] => {
  const asked = readLiteral(literal);
  return typeof asked === 'string' ? [asked, foldCase(asked)] : [asked];
};

/** Returns whether two literals are the same value. */
export const isSameLiteral = (a: Plain, b: Plain): boolean => {
  const [of, other] = [readLiteral(a), readLiteral(b)];
  return typeof of === 'string' && typeof other === 'string'
    ? foldCase(of) === foldCase(other)
    : of === other;
};

/**
 * Compiles a look-up by value: of two literals that are the same value the first counts. Texts are compared without
 * their case; a text counts as the number, or the yes or no, that it is written as. A list equals no literal.
 */
export const compileLookup = <T extends NonNullable<unknown>>(
  entries: Iterable<readonly [literal: Plain, entry: T]>,
): ((value: NonNullable<FactValue>) => T | undefined) => {
  const found = new Map<Plain, T>();
  let hasNumbers = false;
  let hasBooleans = false;
  for (const [literal, entry] of entries) {
    for (const key of keysOf(literal)) {
      if (!found.has(key)) found.set(key, entry);
      hasNumbers ||= typeof key === 'number';
      hasBooleans ||= typeof key === 'boolean';
    }
  }
  return (value) => {
    if (typeof value === 'object') return undefined;
    // Facts are mostly spelt as the model spells them: then no text has to be folded.
    const exact = found.get(value);
    if (exact !== undefined || typeof value !== 'string') return exact;
    const folded = found.get(foldCase(value));
    if (folded !== undefined) return folded;
    const number = hasNumbers ? readNumber(value) : undefined;
    if (number !== undefined) return found.get(number);
    const yesNo = hasBooleans ? readBoolean(value) : undefined;
    return yesNo === undefined ? undefined : found.get(yesNo);
  };
};

/** Compiles the test whether a value is a literal, by the same rules. */
export const compileLiteral = (literal: Plain): ((value: NonNullable<FactValue>) => boolean) => {
  const asked = readLiteral(literal);
  if (typeof asked === 'number') return (value) => value === asked || readNumber(value) === asked;
  if (typeof asked === 'boolean') return (value) => value === asked || readBoolean(value) === asked;
  const sought = foldCase(asked);
  // Folding doesn't change the length of a text.
  return (value) =>
    value === asked ||
    (typeof value === 'string' && value.length === sought.length && foldCase(value) === sought);
};

/** Returns whether a value is one of some literals. */
export const isAmong = (value: NonNullable<FactValue>, literals: readonly Plain[]): boolean =>
  literals.some((literal) => compileLiteral(literal)(value));
