import type { Use } from '../recorder/use.ts';
import { type Conditions, many } from './statement.ts';

type Values = readonly string[];
type Operator = (asked: Values, allowed: Values) => boolean;

/** Compiles a pattern of a policy: `*` stands for any characters, `?` for one. */
export const like = (pattern: string): RegExp => {
  const parts = [...pattern].map((char) =>
    char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$+.()|[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${parts.join('')}$`, 's');
};

/** Whether all values asked for are allowed. A missing key doesn't match. */
const equals: Operator = (asked, allowed) => asked.length > 0 && asked.every((one) => allowed.includes(one));

const isLike = (one: string, patterns: Values): boolean =>
  patterns.some((pattern) => like(pattern).test(one));

/**
 * The condition operators. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: equals,
  StringEqualsIfExists: (asked, allowed) => asked.length === 0 || equals(asked, allowed),
  Bool: equals,
  StringLike: (asked, allowed) => asked.length > 0 && asked.every((one) => isLike(one, allowed)),
  // A missing key passes, which is why policies add the operator Null.
  'ForAllValues:StringEquals': (asked, allowed) => asked.every((one) => allowed.includes(one)),
  'ForAllValues:StringLike': (asked, allowed) => asked.every((one) => isLike(one, allowed)),
  'ForAllValues:StringNotLike': (asked, refused) => asked.every((one) => !isLike(one, refused)),
  'ForAnyValue:StringEquals': (asked, allowed) => asked.some((one) => allowed.includes(one)),
  StringNotEquals: (asked, allowed) => !equals(asked, allowed),
  ArnNotEquals: (asked, allowed) => !equals(asked, allowed),
  Null: (asked, [isNull]) => String(asked.length === 0) === isNull,
};

/** Whether all conditions of a statement hold. @throws Error if an operator isn't known here */
export const holds = (conditions: Conditions, context: Use['context']): boolean =>
  Object.entries(conditions).every(([name, keys]) => {
    const operator = operators[name];
    if (operator === undefined)
      throw new Error(`condition ${name}: known are ${Object.keys(operators).join(', ')}`);
    return Object.entries(keys).every(([key, allowed]) => operator(context[key] ?? [], many(allowed)));
  });

/**
 * Returns the values and patterns that conditions allow, of keys with several values, and that none of these contexts
 * has.
 */
export const listUnasked = (conditions: Conditions, contexts: readonly Use['context'][]): string[] =>
  ['ForAllValues:StringEquals', 'ForAllValues:StringLike']
    .flatMap((operator) => Object.entries(conditions[operator] ?? {}))
    .flatMap(([key, allowed]) => {
      const asked = contexts.flatMap((context) => context[key] ?? []);
      return many(allowed)
        .filter((pattern) => !asked.some((value) => value === pattern || like(pattern).test(value)))
        .map((pattern) => `${key} ${pattern}`);
    });
