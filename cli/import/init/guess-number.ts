import { createNumberReader, type NumberOptions } from '../../../shared/mapping/index.ts';

/** The way in which a column's numbers are written. */
export interface NumberGuess {
  readonly way: NumberOptions;
  /** A text that another way reads as another number, if nothing shows which one is meant. */
  readonly doubt?: { readonly text: string; readonly value: number; readonly other: number };
}

/** The ways to write numbers, the plain ones first. */
const ways = (
  [
    {},
    { thousands: ',' },
    { decimal: ',', thousands: '.' },
    { decimal: ',' },
    { thousands: ' ' },
    { decimal: ',', thousands: ' ' },
    { thousands: "'" },
  ] satisfies NumberOptions[]
).map((way: NumberOptions) => ({ way, read: createNumberReader(way) }));

/** A zero before a sign and three digits, which nobody writes before a group: 0.125. */
const zeroBefore = { '.': /(?<!\d)0\.\d{3}/, ',': /(?<!\d)0,\d{3}/ };

const isGrouped = ({ thousands }: NumberOptions): boolean => thousands === '.' || thousands === ',';

/** Returns the numbers that texts are in some way, or `undefined` if one of them is none. */
const readAll = ({ way: { thousands }, read }: (typeof ways)[number], texts: readonly string[]) => {
  const zeros = thousands === '.' || thousands === ',' ? zeroBefore[thousands] : undefined;
  const values: number[] = [];
  for (const text of texts) {
    const value = zeros?.test(text) ? undefined : read(text).value;
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
};

/**
 * Finds the way in which all texts are numbers. If two ways give different ones, as for `1.200`, every sign has three
 * digits behind it, and a sign of thousands is likelier than a decimal one.
 */
export const guessNumber = (texts: readonly string[]): NumberGuess | undefined => {
  const tried = [...new Set(texts)];
  if (tried.length === 0) return undefined;
  const read = ways.flatMap((each) => {
    const values = readAll(each, tried);
    return values === undefined ? [] : [{ way: each.way, values }];
  });
  const [plain] = read;
  if (plain === undefined) return undefined;
  for (const other of read) {
    const index = other.values.findIndex((value, at) => value !== plain.values[at]);
    if (index < 0) continue;
    const [best, second] = isGrouped(plain.way) ? [plain, other] : [other, plain];
    const [text = '', value = 0, otherValue = 0] = [tried[index], best.values[index], second.values[index]];
    return { way: best.way, doubt: { text, value, other: otherValue } };
  }
  return { way: plain.way };
};
