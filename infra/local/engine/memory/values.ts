import { isDeepStrictEqual } from 'node:util';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export const typeOf = (value: AttributeValue): string => {
  for (const type in value) return type;
  return '';
};

const sign = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Compares two values of one ordered type; undefined if there is no order between them. */
export const order = (a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined => {
  if (a?.S !== undefined && b?.S !== undefined) return sign(a.S, b.S);
  if (a?.N !== undefined && b?.N !== undefined) return sign(Number(a.N), Number(b.N));
  if (a?.B !== undefined && b?.B !== undefined) return Buffer.compare(a.B, b.B);
  return undefined;
};

export const equal = (a: AttributeValue | undefined, b: AttributeValue | undefined): boolean => {
  if (a === undefined || b === undefined) return false;
  const ordered = order(a, b);
  return ordered === undefined ? isDeepStrictEqual(a, b) : ordered === 0;
};
