import { isObject } from '../../../events/index.ts';
import { cidr, sameAddress } from './address-tests.ts';
import { numeric } from './number-tests.ts';
import { invalid, onlyEntry } from './problems.ts';
import { anythingButOperators, textOperators, type ValueTest } from './text-tests.ts';

/** One of the alternatives that a pattern lists for a field. */
export interface Matcher {
  readonly test: ValueTest;
  /** Whether the matcher is satisfied if the field has no value at all. */
  readonly takesAbsence: boolean;
}

type Build = (argument: unknown, at: string) => ValueTest;
export type Operators = Readonly<Record<string, Build>>;

const buildFrom = (known: Operators, given: Record<string, unknown>, at: string): ValueTest => {
  const [name, argument] = onlyEntry(given, at);
  const build = Object.hasOwn(known, name) ? known[name] : undefined;
  if (build === undefined) throw invalid(at, given, Object.keys(known).join(', '));
  return build(argument, `${at}.${name}`);
};

const anyOtherValue: Build = (argument, at) => {
  const values: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size !== 1 || !(kinds.has('string') || kinds.has('number'))) {
    throw invalid(at, argument, 'a string, a number, a list of strings or a list of numbers');
  }
  const excluded = new Set(values);
  return (value) => !excluded.has(value);
};

const anythingBut: Build = (argument, at) =>
  isObject(argument) ? buildFrom(anythingButOperators, argument, at) : anyOtherValue(argument, at);

const exists: Build = (argument, at) => {
  if (typeof argument !== 'boolean') throw invalid(at, argument, 'true or false');
  return () => argument;
};

/**
 * The operators of an event source mapping's filter: fewer than those of a rule.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
 */
export const filterOperators: Operators = {
  prefix: textOperators.prefix,
  suffix: textOperators.suffix,
  'equals-ignore-case': textOperators['equals-ignore-case'],
  numeric,
  'anything-but': anyOtherValue,
  exists,
};

/**
 * The operators of a rule's pattern.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const ruleOperators: Operators = {
  ...filterOperators,
  wildcard: textOperators.wildcard,
  cidr,
  'anything-but': anythingBut,
};

const exactly = (wanted: unknown): ValueTest =>
  (typeof wanted === 'string' ? sameAddress(wanted) : undefined) ?? ((value) => value === wanted);

export const compileMatcher = (given: unknown, at: string, operators: Operators): Matcher => {
  if (isObject(given)) return { test: buildFrom(operators, given, at), takesAbsence: given.exists === false };
  if (Array.isArray(given)) throw invalid(at, given, 'a value or an object with one operator');
  return { test: exactly(given), takesAbsence: false };
};
