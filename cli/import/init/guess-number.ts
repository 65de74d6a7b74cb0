import { createNumberReader, type NumberOptions } from '../number-format.ts';

/** The ways to write numbers, the plain ones first. */
const ways: readonly NumberOptions[] = [
  {},
  { thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',' },
  { thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { thousands: "'" },
];

/** Finds the way in which all texts are numbers. */
export const guessNumber = (texts: readonly string[]): NumberOptions | undefined => {
  const tried = [...new Set(texts)];
  if (tried.length === 0) return undefined;
  return ways.find((way) => {
    const read = createNumberReader(way);
    return tried.every((text) => read(text).value !== undefined);
  });
};
