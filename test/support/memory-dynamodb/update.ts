import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { invalid, NotModelledError } from './errors.ts';
import { type Operand, parseOperand, parseOperandPath } from './operands.ts';
import { resolveValuePlaceholder, type Scope } from './scope.ts';
import { Words } from './tokens.ts';

/** Changes `next` based on `before`: every part of an update sees the item as it was. */
type Part = (next: Record<string, AttributeValue>, before: Item, scope: Scope) => void;

const requireNumber = (value: AttributeValue | undefined): number => {
  if (value?.N === undefined) throw invalid('an operand of an update is no number');
  return Number(value.N);
};

const ifNotExists = (words: Words): Operand => {
  words.expect('(');
  const path = parseOperandPath(words);
  words.expect(',');
  const otherwise = parseOperand(words);
  words.expect(')');
  return (item, scope) => item[path(scope)] ?? otherwise(item, scope);
};

const settable = (words: Words): Operand =>
  words.takes('if_not_exists') ? ifNotExists(words) : parseOperand(words);

const sum = (words: Words): Operand => {
  const left = settable(words);
  const operator = words.next;
  if (operator !== '+' && operator !== '-') return left;
  words.take();
  const right = settable(words);
  const factor = operator === '+' ? 1 : -1;
  return (item, scope) => ({
    N: String(requireNumber(left(item, scope)) + factor * requireNumber(right(item, scope))),
  });
};

const set = (words: Words): Part => {
  const path = parseOperandPath(words);
  words.expect('=');
  const value = sum(words);
  return (next, before, scope) => {
    const given = value(before, scope);
    if (given === undefined) throw invalid('an update refers to an attribute that is not there');
    next[path(scope)] = given;
  };
};

const remove = (words: Words): Part => {
  const path = parseOperandPath(words);
  return (next, _before, scope) => {
    delete next[path(scope)];
  };
};

const add = (words: Words): Part => {
  const path = parseOperandPath(words);
  const word = words.take();
  return (next, before, scope) => {
    const name = path(scope);
    const amount = resolveValuePlaceholder(scope, word);
    if (amount.N === undefined) throw new NotModelledError('ADD of anything but numbers');
    next[name] = { N: String(requireNumber(before[name] ?? { N: '0' }) + Number(amount.N)) };
  };
};

const clauses: Readonly<Record<string, (words: Words) => Part>> = { SET: set, REMOVE: remove, ADD: add };

const compile = (expression: string): readonly Part[] => {
  const words = new Words(expression);
  const parts: Part[] = [];
  while (words.next !== undefined) {
    const clause = clauses[words.take().toUpperCase()];
    if (clause === undefined) throw words.unexpected();
    do parts.push(clause(words));
    while (words.takes(','));
  }
  return parts;
};

const compiled = new Map<string, readonly Part[]>();

/** Returns an item after an update expression. */
export const updated = (expression: string, before: Item, scope: Scope): Item => {
  const parts = compiled.get(expression) ?? compile(expression);
  compiled.set(expression, parts);
  const next = { ...before };
  for (const part of parts) part(next, before, scope);
  return next;
};
