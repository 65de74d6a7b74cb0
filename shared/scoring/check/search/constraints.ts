import type { Condition } from '../../document/condition.ts';
import { no, type Truth, unknown, yes } from '../../reading.ts';

/** A set of truth values, a bit each. */
export type Truths = number;

const only = (truth: Truth): Truths => 1 << truth;
export const isYes: Truths = only(yes);
const isNo: Truths = only(no);
export const isNotYes: Truths = only(no) | only(unknown);
const isNotNo: Truths = only(yes) | only(unknown);

export const includes = (truths: Truths, truth: Truth): boolean => (truths & only(truth)) !== 0;

/** A requirement on a lead: that a condition has one of some truth values, or that every or any of several are met. */
export type Constraint =
  | { readonly condition: Condition; readonly truths: Truths }
  | { readonly every: readonly Constraint[] }
  | { readonly either: readonly Constraint[] };

export const constraint = (condition: Condition, truths: Truths): Constraint => ({ condition, truths });

/** Returns the truth values that become these when they are negated. */
const negated = (truths: Truths): Truths =>
  (includes(truths, yes) ? isNo : 0) | (includes(truths, no) ? isYes : 0) | (truths & only(unknown));

/** The truth of `all` is the least of its parts', in the order no, unknown, yes. */
const decomposeAll = (parts: readonly Condition[], truths: Truths): Constraint | undefined => {
  const each = parts.map((part) => constraint(part, truths));
  if (truths === isYes || truths === isNotNo) return { every: each };
  return truths === isNo || truths === isNotYes ? { either: each } : undefined;
};

/** The truth of `any` is the greatest of its parts'. */
const decomposeAny = (parts: readonly Condition[], truths: Truths): Constraint | undefined => {
  const each = parts.map((part) => constraint(part, truths));
  if (truths === isNo || truths === isNotYes) return { every: each };
  return truths === isYes || truths === isNotNo ? { either: each } : undefined;
};

/** Returns a constraint on a joined condition as constraints on its parts; undefined if it can't be expressed so. */
const decomposeJoined = (condition: Condition, truths: Truths): Constraint | undefined => {
  if ('all' in condition) return decomposeAll(condition.all, truths);
  if ('any' in condition) return decomposeAny(condition.any, truths);
  if ('not' in condition) return constraint(condition.not, negated(truths));
  if (!('some' in condition)) return undefined;
  if (condition.atLeast === 1) return decomposeAny(condition.some, truths);
  return condition.atLeast === condition.some.length ? decomposeAll(condition.some, truths) : undefined;
};

/** Returns the constraints that together are equivalent to one: each on one condition, or a choice of several. */
export const decompose = (given: Constraint): Constraint[] => {
  if ('every' in given) return given.every.flatMap(decompose);
  if ('either' in given) return [given];
  const inner = decomposeJoined(given.condition, given.truths);
  return inner === undefined ? [given] : decompose(inner);
};

/** Returns the conditions that a constraint is on. */
export const listConditions = (given: Constraint): Condition[] => {
  if ('every' in given) return given.every.flatMap(listConditions);
  return 'either' in given ? given.either.flatMap(listConditions) : [given.condition];
};
