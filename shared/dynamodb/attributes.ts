import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item as DynamoDB stores it: attributes with their types. */
export type Item = Record<string, AttributeValue>;

/** Returns a string as an attribute. */
export const S = (value: string): AttributeValue => ({ S: value });
/** Returns a boolean as an attribute. */
export const B = (value: boolean): AttributeValue => ({ BOOL: value });
/** Returns a number as an attribute. */
export const N = (value: number): AttributeValue => ({ N: String(value) });

/**
 * Thrown if an attribute that a stored item must have is missing or can't be read: something else wrote the table, or an
 * older layout.
 */
export class UnreadableItemError extends Error {
  readonly code = 'UNREADABLE_ITEM';
  constructor(item: Item, attribute: string) {
    super(`item ${item.sk?.S ?? '(no sort key)'} has no readable attribute ${attribute}`);
    this.name = 'UnreadableItemError';
  }
}

/** Reads an attribute that holds a string. @throws UnreadableItemError */
export const text = (item: Item, name: string): string => {
  const value = item[name]?.S;
  if (value === undefined) throw new UnreadableItemError(item, name);
  return value;
};

/** Reads an attribute that holds a number. @throws UnreadableItemError */
export const number = (item: Item, name: string): number => {
  const value = item[name]?.N;
  if (value === undefined) throw new UnreadableItemError(item, name);
  return Number(value);
};

/** Reads an attribute that holds a boolean. @throws UnreadableItemError */
export const truth = (item: Item, name: string): boolean => {
  const value = item[name]?.BOOL;
  if (value === undefined) throw new UnreadableItemError(item, name);
  return value;
};

/**
 * Reads an attribute that holds one of a list of words.
 *
 * @example readOneOf(item, 'tier', tiers)
 * @throws UnreadableItemError if it holds any other
 */
export const readOneOf = <Word extends string>(item: Item, name: string, words: readonly Word[]): Word => {
  const given = text(item, name);
  const word = words.find((allowed) => allowed === given);
  if (word === undefined) throw new UnreadableItemError(item, name);
  return word;
};

/** Reads the bytes of an attribute as base64, a text that can be compared. @throws UnreadableItemError */
export const base64 = (item: Item, name: string): string => {
  const value = item[name]?.B;
  if (value === undefined) throw new UnreadableItemError(item, name);
  return Buffer.from(value).toString('base64');
};

/** Returns base64 as an attribute of bytes. */
export const bytes = (inBase64: string): AttributeValue => ({ B: Buffer.from(inBase64, 'base64') });

/**
 * Parses an attribute that was written as JSON. The caller names its type, which nothing checks.
 *
 * @throws UnreadableItemError
 */
export const json = <T>(item: Item, name: string): T => {
  try {
    return JSON.parse(text(item, name)) as T;
  } catch {
    // The parser's message would quote the text, which may be personal.
    throw new UnreadableItemError(item, name);
  }
};

/**
 * Returns the size of an item in bytes, as DynamoDB counts it: names and values in UTF-8. The item may have strings,
 * numbers, booleans and bytes. A number takes about a byte for two digits and one more; this counts its text and one
 * more, which is never less.
 *
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const measureItem = (item: Item): number =>
  Object.entries(item).reduce(
    (sum, [name, { S: text, N: number, B: bytes, BOOL: truth }]) =>
      sum +
      Buffer.byteLength(name) +
      Buffer.byteLength(text ?? '') +
      (number === undefined ? 0 : number.length + 1) +
      (bytes?.length ?? 0) +
      (truth === undefined ? 0 : 1),
    0,
  );

/** The largest item that DynamoDB takes, in bytes. */
export const largestItem = 400 * 1024;
