import type { Item } from '../../../../shared/dynamodb/index.ts';
import { invalid, NotModelledError } from './errors.ts';
import { type Operand, parseOperand, parseOperandPath } from './operands.ts';
import type { Scope } from './scope.ts';
import { Words } from './tokens.ts';
import { equal, order, typeOf } from './values.ts';

/** Whether a condition holds for an item. For an item that does not exist it is evaluated with no attributes. */
export type Condition = (item: Item, scope: Scope) => boolean;

type Comparison = (order: number) => boolean;

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['<', (sign) => sign < 0],
  ['<=', (sign) => sign <= 0],
  ['>', (sign) => sign > 0],
  ['>=', (sign) => sign >= 0],
]);

const between = (words: Words, left: Operand): Condition => {
  const low = parseOperand(words);
  words.expect('AND');
  const high = parseOperand(words);
  return (item, scope) => {
    const [value, least, most] = [left(item, scope), low(item, scope), high(item, scope)];
    if ((order(least, most) ?? 0) > 0) throw invalid('the lower bound of BETWEEN is above the upper one');
    const [above, below] = [order(value, least), order(value, most)];
    return above !== undefined && below !== undefined && above >= 0 && below <= 0;
  };
};

const parseIn = (words: Words, left: Operand): Condition => {
  words.expect('(');
  const list = [parseOperand(words)];
  while (words.takes(',')) list.push(parseOperand(words));
  words.expect(')');
  return (item, scope) => list.some((right) => equal(left(item, scope), right(item, scope)));
};

const differs = (left: Operand, right: Operand): Condition => {
  return (item, scope) => {
    const value = left(item, scope);
    if (value === undefined) throw new NotModelledError('<> of an attribute that is not there');
    return !equal(value, right(item, scope));
  };
};

const comparison = (words: Words): Condition => {
  const left = parseOperand(words);
  if (words.takes('BETWEEN')) return between(words, left);
  if (words.takes('IN')) return parseIn(words, left);
  const operator = words.take();
  const right = parseOperand(words);
  if (operator === '=') return (item, scope) => equal(left(item, scope), right(item, scope));
  if (operator === '<>') return differs(left, right);
  const holds = comparisons.get(operator);
  if (holds === undefined) throw new NotModelledError(`the operator ${operator}`);
  return (item, scope) => {
    const sign = order(left(item, scope), right(item, scope));
    return sign !== undefined && holds(sign);
  };
};

const exists =
  (wanted: boolean) =>
  (words: Words): Condition => {
    const path = parseOperandPath(words);
    return (item, scope) => (item[path(scope)] !== undefined) === wanted;
  };

const ofTwo =
  (test: (value: NonNullable<ReturnType<Operand>>, argument: string) => boolean) =>
  (words: Words): Condition => {
    const left = parseOperand(words);
    words.expect(',');
    const right = parseOperand(words);
    return (item, scope) => {
      const value = left(item, scope);
      const argument = right(item, scope)?.S;
      if (argument === undefined) throw new NotModelledError('a function of anything but text');
      return value !== undefined && test(value, argument);
    };
  };

const functions: ReadonlyMap<string, (words: Words) => Condition> = new Map([
  ['attribute_exists', exists(true)],
  ['attribute_not_exists', exists(false)],
  ['begins_with', ofTwo((value, argument) => value.S?.startsWith(argument) ?? false)],
  ['contains', ofTwo((value, argument) => value.S?.includes(argument) ?? false)],
  ['attribute_type', ofTwo((value, argument) => typeOf(value) === argument)],
]);

const primary = (words: Words): Condition => {
  if (words.takes('NOT')) {
    const inner = primary(words);
    return (item, scope) => !inner(item, scope);
  }
  if (words.takes('(')) {
    const inner = disjunction(words);
    words.expect(')');
    return inner;
  }
  const call = functions.get(words.next ?? '');
  if (call === undefined) return comparison(words);
  words.take();
  words.expect('(');
  const condition = call(words);
  words.expect(')');
  return condition;
};

const conjunction = (words: Words): Condition => {
  const parts = [primary(words)];
  while (words.takes('AND')) parts.push(primary(words));
  return parts.length === 1
    ? (parts[0] as Condition)
    : (item, scope) => parts.every((part) => part(item, scope));
};

const disjunction = (words: Words): Condition => {
  const parts = [conjunction(words)];
  while (words.takes('OR')) parts.push(conjunction(words));
  return parts.length === 1
    ? (parts[0] as Condition)
    : (item, scope) => parts.some((part) => part(item, scope));
};

const compiled = new Map<string, Condition>();

/** Compiles a condition, filter or key condition expression. Each text is compiled once. */
export const compileExpression = (expression: string): Condition => {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const words = new Words(expression);
  const condition = disjunction(words);
  if (words.next !== undefined) throw words.unexpected();
  compiled.set(expression, condition);
  return condition;
};
