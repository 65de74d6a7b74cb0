import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { invalid, NotModelledError } from './errors.ts';
import { type Operand, parseOperand, parseOperandPath } from './operands.ts';
import { resolveValuePlaceholder, type Scope } from './scope.ts';
import { Words } from './tokens.ts';

/** One change of an update. It is based on `before`: every part of an update sees the item as it was. */
interface Part {
  readonly path: (scope: Scope) => string;
  /** Returns the value of the attribute afterwards; undefined if it is removed. */
  readonly value: (before: Item, scope: Scope) => AttributeValue | undefined;
}

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
  const operand = sum(words);
  return {
    path,
    value: (before, scope) => {
      const given = operand(before, scope);
      if (given === undefined) throw invalid('an update refers to an attribute that is not there');
      return given;
    },
  };
};

const remove = (words: Words): Part => ({ path: parseOperandPath(words), value: () => undefined });

const add = (words: Words): Part => {
  const path = parseOperandPath(words);
  const word = words.take();
  return {
    path,
    value: (before, scope) => {
      const amount = resolveValuePlaceholder(scope, word);
      if (amount.N === undefined) throw new NotModelledError('ADD of anything but numbers');
      return { N: String(requireNumber(before[path(scope)] ?? { N: '0' }) + Number(amount.N)) };
    },
  };
};

const clauses: ReadonlyMap<string, (words: Words) => Part> = new Map([
  ['SET', set],
  ['REMOVE', remove],
  ['ADD', add],
]);

const compile = (expression: string): readonly Part[] => {
  const words = new Words(expression);
  const parts: Part[] = [];
  while (words.next !== undefined) {
    const clause = clauses.get(words.take().toUpperCase());
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
  const next: Record<string, AttributeValue> = { ...before };
  const paths = new Set<string>();
  for (const part of parts) {
    const path = part.path(scope);
    if (paths.has(path)) throw invalid(`two document paths overlap with each other: ${path}`);
    paths.add(path);
    const value = part.value(before, scope);
    if (value === undefined) delete next[path];
    else next[path] = value;
  }
  return next;
};
