import type { Condition } from '../../document/condition.ts';
import { no, type Truth, unknown, yes } from '../../reading.ts';

/** Some of the three truths, a bit each. */
export type Truths = number;

const only = (truth: Truth): Truths => 1 << truth;
export const isYes: Truths = only(yes);
export const isNo: Truths = only(no);
export const isNotYes: Truths = only(no) | only(unknown);
export const isNotNo: Truths = only(yes) | only(unknown);

export const includes = (truths: Truths, truth: Truth): boolean => (truths & only(truth)) !== 0;

/** Something that is asked of a lead: that a condition comes to one of some truths, or several claims at once. */
export type Claim =
  | { readonly condition: Condition; readonly truths: Truths }
  | { readonly every: readonly Claim[] }
  | { readonly either: readonly Claim[] };

export const claim = (condition: Condition, truths: Truths): Claim => ({ condition, truths });

/** The truths that become these when they are negated. */
const negated = (truths: Truths): Truths =>
  (includes(truths, yes) ? isNo : 0) | (includes(truths, no) ? isYes : 0) | (truths & only(unknown));

/** `all`: its truth is the least of its parts, in the order no, unknown, yes. */
const ofAll = (parts: readonly Condition[], truths: Truths): Claim | undefined => {
  const each = parts.map((part) => claim(part, truths));
  if (truths === isYes || truths === isNotNo) return { every: each };
  return truths === isNo || truths === isNotYes ? { either: each } : undefined;
};

/** `any`: its truth is the greatest of its parts. */
const ofAny = (parts: readonly Condition[], truths: Truths): Claim | undefined => {
  const each = parts.map((part) => claim(part, truths));
  if (truths === isNo || truths === isNotYes) return { every: each };
  return truths === isYes || truths === isNotNo ? { either: each } : undefined;
};

/** A claim about a joined condition as claims about what it is joined of; undefined where it can't be said so. */
const unjoined = (condition: Condition, truths: Truths): Claim | undefined => {
  if ('all' in condition) return ofAll(condition.all, truths);
  if ('any' in condition) return ofAny(condition.any, truths);
  if ('not' in condition) return claim(condition.not, negated(truths));
  if (!('some' in condition)) return undefined;
  if (condition.atLeast === 1) return ofAny(condition.some, truths);
  return condition.atLeast === condition.some.length ? ofAll(condition.some, truths) : undefined;
};

/** Claims that must hold together, taken apart as far as that goes: each is of one condition, or one of several. */
export const takenApart = (given: Claim): Claim[] => {
  if ('every' in given) return given.every.flatMap(takenApart);
  if ('either' in given) return [given];
  const inner = unjoined(given.condition, given.truths);
  return inner === undefined ? [given] : takenApart(inner);
};

/** The conditions that a claim is about. */
export const conditionsOf = (given: Claim): Condition[] => {
  if ('every' in given) return given.every.flatMap(conditionsOf);
  return 'either' in given ? given.either.flatMap(conditionsOf) : [given.condition];
};
