import type * as z from 'zod';
import { showApart, visible } from './visible.ts';

/** A problem with one value: its path, the value given (cut short), and what is allowed. */
export interface Problem {
  /** The dotted path with list indexes in brackets, such as `detail.data.stage` or `tiers[1].from`. */
  readonly path: string;
  readonly given: string;
  readonly allowed: string;
}

const shown = 60;

/**
 * Returns a value as JSON. A value nested thousands deep would overflow the stack, and an error message must not be
 * what fails.
 */
const toJson = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? typeof value;
  } catch {
    return '(nested too deeply to show)';
  }
};

/**
 * Returns a value for people: at most 60 characters of its JSON, or `nothing` if it is undefined. Characters that can't
 * be seen, or that look like others, are escaped.
 */
export const showValue = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') {
    return value.length > shown
      ? `${visible(JSON.stringify(value.slice(0, shown)))}… (${value.length} characters)`
      : visible(JSON.stringify(value));
  }
  if (typeof value === 'number') return String(value);
  const json = toJson(value);
  return json.length > shown ? `${visible(json.slice(0, shown).toWellFormed())}…` : visible(json);
};

/** The form of a text without words: an instant, or something that was meant as one. */
const looksLikeInstant = /^[-\d:.,+ TtZz]{1,40}$/;

/**
 * Returns whether a value is an answer in a person's own words, which the reasons of a rejection must not quote. They
 * quote no more of an answer than a short `value`.
 */
const isOwnWords = (path: readonly PropertyKey[], value: unknown): boolean => {
  const answers = path.indexOf('answers');
  if (answers === -1 || path.length <= answers + 2 || typeof value !== 'string') return false;
  if (path[answers + 2] === 'at' && looksLikeInstant.test(value)) return false;
  return path[answers + 2] !== 'value' || value.length > shown;
};

const showGiven = (path: readonly PropertyKey[], value: unknown): string =>
  isOwnWords(path, value) ? `text of ${String(value).length} characters` : showValue(value);

/**
 * Returns a key, cut short. A name in a hostile event may be a megabyte long, or no Unicode; it must not push the rest
 * out of a reason.
 */
const showKey = (key: PropertyKey): string => {
  const name = String(key).toWellFormed();
  return name.length > 64 ? `${name.slice(0, shown).toWellFormed()}…` : name;
};

/**
 * Returns a path as text, with dots before names and brackets around indexes.
 *
 * @example showPath(['detail', 'reasons', 1]) // 'detail.reasons[1]'
 */
export const showPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) =>
      typeof key === 'number' ? `${text}[${key}]` : text === '' ? showKey(key) : `${text}.${showKey(key)}`,
    '',
  ) || '(the whole)';

/** Returns a problem as one line, such as `detail.data.stage: given "prospect"; allowed: subscriber, lead, mql`. */
export const showProblem = ({ path, given, allowed }: Problem): string => {
  const [shownGiven, shownAllowed] = showApart(given, allowed);
  return `${visible(path)}: given ${shownGiven}; allowed: ${shownAllowed}`;
};

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );

const bound = (
  issue: { origin: string; inclusive?: boolean | undefined },
  word: string,
  limit: unknown,
): string => {
  if (issue.origin === 'string') return `${word} ${limit} characters`;
  if (issue.origin === 'array') return `${word} ${limit} entries`;
  return issue.inclusive === false
    ? `${word === 'at least' ? 'above' : 'below'} ${limit}`
    : `${word} ${limit}`;
};

const typeWords: ReadonlyMap<string, string> = new Map([
  ['object', 'an object'],
  ['array', 'a list'],
  ['int', 'a whole number'],
  ['record', 'an object'],
]);

const describeAllowed = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords.get(issue.expected) ?? `a ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_big':
      return bound(issue, 'at most', issue.maximum);
    case 'too_small':
      return bound(issue, 'at least', issue.minimum);
    default:
      return issue.message;
  }
};

/** Returns the message that the schema gives. zod's own message is used only if the schema gives none. */
const messageOfSchema = (issue: z.core.$ZodIssue): string | undefined =>
  issue.message.startsWith('Invalid') ||
  issue.message.startsWith('Too ') ||
  issue.message.startsWith('Unrecognized')
    ? undefined
    : issue.message;

type Issue = z.core.$ZodIssue;

/** The distance of a branch that takes values of another type altogether: no number of wrong fields is as far. */
const otherType = 1_000;

const distanceOf = (issue: Issue, given: unknown): number => {
  if (issue.code === 'unrecognized_keys') return issue.keys.length;
  if (issue.path.length > 0) return at(given, issue.path) === undefined ? 3 : 1;
  if (issue.code === 'invalid_type') return otherType;
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return 1;
  return Math.min(...issue.errors.map((issues) => distance(issues, given)));
};

/**
 * Computes how far a branch of a union is from the value given: another type weighs most, then a missing field, then a
 * surplus one.
 */
const distance = (issues: readonly Issue[], given: unknown): number =>
  issues.reduce((sum, issue) => sum + distanceOf(issue, given), 0);

/**
 * Finds the branch of a union that the writer most likely meant: the one that is strictly nearest to the value given.
 * Returns undefined if the value is of another type altogether, or if two branches are equally near.
 */
const nearestBranch = (
  branches: readonly (readonly Issue[])[],
  given: unknown,
): readonly Issue[] | undefined => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined;
  const ranked = branches
    .map((issues) => ({ issues, away: distance(issues, given) }))
    .sort((a, b) => a.away - b.away);
  const [nearest, next] = ranked;
  if (nearest === undefined || nearest.away >= otherType) return undefined;
  return nearest.away === next?.away ? undefined : nearest.issues;
};

const surplusKeys = (
  keys: readonly string[],
  path: readonly PropertyKey[],
  input: unknown,
  root: readonly PropertyKey[],
) =>
  keys.map((key) => ({
    path: showPath([...root, ...path, key]),
    given: showGiven([...root, ...path, key], at(input, [...path, key])),
    allowed: 'no such field here',
  }));

const describe = (issue: Issue, input: unknown, root: readonly PropertyKey[]): Problem[] => {
  const path = showPath([...root, ...issue.path]);
  const given = at(input, issue.path);
  if (issue.code === 'unrecognized_keys') return surplusKeys(issue.keys, issue.path, input, root);
  if (issue.code === 'invalid_key') {
    const why = issue.issues.map((inner) => messageOfSchema(inner) ?? describeAllowed(inner)).join(', ');
    return [{ path, given: `the name ${showValue(String(issue.path.at(-1)))}`, allowed: `a name of ${why}` }];
  }
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors, given);
    if (branch !== undefined)
      return branch.flatMap((inner) => describe(inner, given, [...root, ...issue.path]));
  }
  const shownGiven = showGiven([...root, ...issue.path], given);
  return [{ path, given: shownGiven, allowed: messageOfSchema(issue) ?? describeAllowed(issue) }];
};

/** Returns every problem of a failed parse, with the value given. `root` is put before each path. */
export const describeProblems = (
  error: { readonly issues: readonly Issue[] },
  input: unknown,
  root: readonly PropertyKey[] = [],
): Problem[] => error.issues.flatMap((issue) => describe(issue, input, root));
