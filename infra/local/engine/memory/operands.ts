import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { NotModelledError } from './errors.ts';
import { resolveNamePlaceholder, resolveValuePlaceholder, type Scope } from './scope.ts';
import type { Words } from './tokens.ts';

/** A part of an expression that has a value for an item, or none. */
export type Operand = (item: Item, scope: Scope) => AttributeValue | undefined;

const isWord = (word: string | undefined): boolean => word !== undefined && /^[#A-Za-z_]/.test(word);

/** Reads the name of an attribute, which may be a placeholder. */
export const parseOperandPath = (words: Words): ((scope: Scope) => string) => {
  if (!isWord(words.next)) throw words.unexpected();
  const word = words.take();
  return (scope) => resolveNamePlaceholder(scope, word);
};

const measureValue = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.length;
  const elements = value.L ?? value.SS ?? value.NS ?? value.BS ?? (value.M && Object.keys(value.M));
  if (elements !== undefined) return elements.length;
  throw new NotModelledError('size of a number, a truth value or null');
};

const sizeOperand = (words: Words): Operand => {
  words.expect('(');
  const inner = parseOperand(words);
  words.expect(')');
  return (item, scope) => {
    const value = inner(item, scope);
    return value === undefined ? undefined : { N: String(measureValue(value)) };
  };
};

export const parseOperand = (words: Words): Operand => {
  if (words.next?.startsWith(':')) {
    const word = words.take();
    return (_item, scope) => resolveValuePlaceholder(scope, word);
  }
  if (words.takes('size')) return sizeOperand(words);
  const path = parseOperandPath(words);
  return (item, scope) => item[path(scope)];
};
