import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { NotModelledError } from './errors.ts';
import { nameIn, type Scope, valueIn } from './scope.ts';
import type { Words } from './tokens.ts';

/** A part of an expression that has a value for an item, or none. */
export type Operand = (item: Item, scope: Scope) => AttributeValue | undefined;

const isWord = (word: string | undefined): boolean => word !== undefined && /^[#A-Za-z_]/.test(word);

/** Reads the name of an attribute, which may be a placeholder. */
export const pathOf = (words: Words): ((scope: Scope) => string) => {
  if (!isWord(words.next)) throw words.unexpected();
  const word = words.take();
  return (scope) => nameIn(scope, word);
};

const lengthOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return value.B.length;
  throw new NotModelledError('size of anything but text and bytes');
};

const sizeOperand = (words: Words): Operand => {
  words.expect('(');
  const inner = operandOf(words);
  words.expect(')');
  return (item, scope) => {
    const value = inner(item, scope);
    return value === undefined ? undefined : { N: String(lengthOf(value)) };
  };
};

export const operandOf = (words: Words): Operand => {
  if (words.next?.startsWith(':')) {
    const word = words.take();
    return (_item, scope) => valueIn(scope, word);
  }
  if (words.takes('size')) return sizeOperand(words);
  const path = pathOf(words);
  return (item, scope) => item[path(scope)];
};
