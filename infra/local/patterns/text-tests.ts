import { isObject } from '../../../events/index.ts';
import { invalid, onlyEntry, requireText } from './problems.ts';

export type ValueTest = (value: unknown) => boolean;

/** Returns a test that compares a value with the pattern's value. */
type Compare = (wanted: string, at: string) => (value: string) => boolean;

const onText =
  (test: (value: string) => boolean): ValueTest =>
  (value) =>
    typeof value === 'string' && test(value);

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const eitherCase = (unit: string): string =>
  `(?:${escaped(unit.toLowerCase())}|${escaped(unit.toUpperCase())})`;

/**
 * Compares as AWS's matcher does: character by character of the pattern, each in lower case or in upper case. So the
 * pattern `ß` matches `SS`, and the pattern `SS` doesn't match `ß`.
 */
const ignoringCase = (wanted: string): string => wanted.split('').map(eitherCase).join('');

const matching = (source: string): ((value: string) => boolean) => {
  const expression = new RegExp(source, 's');
  return (value) => expression.test(value);
};

const startsWith: Compare = (wanted) => (value) => value.startsWith(wanted);
const endsWith: Compare = (wanted) => (value) => value.endsWith(wanted);
const equalsIgnoreCase: Compare = (wanted) => matching(`^${ignoringCase(wanted)}$`);
const startsIgnoreCase: Compare = (wanted) => matching(`^${ignoringCase(wanted)}`);
const endsIgnoreCase: Compare = (wanted) => matching(`${ignoringCase(wanted)}$`);

const wildcards: Compare = (wanted, at) => {
  const allowed = 'a string in which * stands alone, and \\ before * or \\ only';
  if (/\*\*/.test(wanted.replaceAll(/\\./gs, ' '))) throw invalid(at, wanted, allowed);
  const parts = wanted.replaceAll(/\\(.?)|\*|[^\\*]+/gs, (part, behind: string | undefined) => {
    if (part === '*') return '.*';
    if (behind === undefined) return escaped(part);
    if (behind === '*' || behind === '\\') return escaped(behind);
    throw invalid(at, wanted, allowed);
  });
  return matching(`^${parts}$`);
};

const one =
  (compare: Compare) =>
  (argument: unknown, at: string): ValueTest =>
    onText(compare(requireText(argument, at), at));

/** The operators `prefix` and `suffix`; each also takes `{ "equals-ignore-case": … }`. */
const affix =
  (compare: Compare, folded: Compare) =>
  (argument: unknown, at: string): ValueTest => {
    if (!isObject(argument)) return one(compare)(argument, at);
    const [name, wanted] = onlyEntry(argument, at);
    if (name !== 'equals-ignore-case') throw invalid(at, argument, 'a string or equals-ignore-case');
    return one(folded)(wanted, `${at}.equals-ignore-case`);
  };

/** Negates one or several operators, for `anything-but`. */
const buildNoneOf =
  (compare: Compare, allowsEmpty: boolean) =>
  (argument: unknown, at: string): ValueTest => {
    const allowed = `a ${allowsEmpty ? '' : 'non-empty '}string or a list of such`;
    const all: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
    if (all.length === 0 || (!allowsEmpty && all.includes(''))) throw invalid(at, argument, allowed);
    const tests = all.map((wanted) => one(compare)(wanted, at));
    return (value) => !tests.some((test) => test(value));
  };

export const textOperators = {
  prefix: affix(startsWith, startsIgnoreCase),
  suffix: affix(endsWith, endsIgnoreCase),
  'equals-ignore-case': one(equalsIgnoreCase),
  wildcard: one(wildcards),
};

export const anythingButOperators = {
  prefix: buildNoneOf(startsWith, false),
  suffix: buildNoneOf(endsWith, false),
  'equals-ignore-case': buildNoneOf(equalsIgnoreCase, true),
  wildcard: buildNoneOf(wildcards, true),
};
