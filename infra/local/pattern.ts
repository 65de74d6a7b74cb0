import { LocalStackError } from './errors.ts';

type Test = (value: unknown) => boolean;
/** Tests the leaf values found at a path; none, when the path holds no leaf. */
type LeafTest = (values: readonly unknown[]) => boolean;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (path: string, given: unknown, allowed: string): LocalStackError =>
  new LocalStackError(
    'PATTERN_INVALID',
    `event pattern at ${path}: got ${JSON.stringify(given)}, allowed is ${allowed}`,
  );

const text = (value: unknown, path: string): string => {
  if (typeof value === 'string') return value;
  throw invalid(path, value, 'a string');
};

const texts = (value: unknown, path: string): readonly string[] => {
  const all = Array.isArray(value) ? value : [value];
  if (all.length === 0) throw invalid(path, value, 'a string or a list of strings');
  return all.map((item) => text(item, path));
};

const fold = (value: string): string => value.toLowerCase();
const onText =
  (test: (value: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

const equalsIgnoreCase = (argument: unknown, path: string): Test => {
  const wanted = new Set(texts(argument, path).map(fold));
  return onText((value) => wanted.has(fold(value)));
};

/** `prefix` and `suffix`; each also takes `{ "equals-ignore-case": … }`. */
const affix =
  (test: (value: string, wanted: string) => boolean) =>
  (argument: unknown, path: string): Test => {
    if (!isRecord(argument)) {
      const wanted = texts(argument, path);
      return onText((value) => wanted.some((one) => test(value, one)));
    }
    const inner = onlyEntry(argument, path);
    if (inner[0] !== 'equals-ignore-case') throw invalid(path, argument, 'a string or equals-ignore-case');
    const wanted = texts(inner[1], path).map(fold);
    return onText((value) => wanted.some((one) => test(fold(value), one)));
  };

const prefix = affix((value, wanted) => value.startsWith(wanted));
const suffix = affix((value, wanted) => value.endsWith(wanted));

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

const numeric = (argument: unknown, path: string): Test => {
  const allowed = 'one or two pairs of = < <= > >= and a number';
  if (!Array.isArray(argument) || ![2, 4].includes(argument.length)) throw invalid(path, argument, allowed);
  const parts: [(value: number, bound: number) => boolean, number][] = [];
  for (let at = 0; at < argument.length; at += 2) {
    const [operator, bound] = [argument[at], argument[at + 1]] as unknown[];
    const compare = Object.hasOwn(comparisons, String(operator)) ? comparisons[String(operator)] : undefined;
    if (compare === undefined || typeof bound !== 'number') throw invalid(path, argument, allowed);
    parts.push([compare, bound]);
  }
  return (value) => typeof value === 'number' && parts.every(([compare, bound]) => compare(value, bound));
};

const anythingButOperators: Readonly<Record<string, (argument: unknown, path: string) => Test>> = {
  prefix,
  suffix,
  'equals-ignore-case': equalsIgnoreCase,
};

const anythingBut = (argument: unknown, path: string): Test => {
  if (isRecord(argument)) {
    const test = operatorOf(anythingButOperators, argument, path);
    return (value) => !test(value);
  }
  const values: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size !== 1 || !(kinds.has('string') || kinds.has('number'))) {
    throw invalid(path, argument, 'a string, a number, a list of strings, a list of numbers or an operator');
  }
  const excluded = new Set(values);
  return (value) => !excluded.has(value);
};

const operators = {
  prefix,
  suffix,
  numeric,
  'equals-ignore-case': equalsIgnoreCase,
  'anything-but': anythingBut,
} as const;

const onlyEntry = (matcher: Record<string, unknown>, path: string): readonly [string, unknown] => {
  const [entry, ...others] = Object.entries(matcher);
  if (entry === undefined || others.length > 0) throw invalid(path, matcher, 'an object with one operator');
  return entry;
};

const operatorOf = (
  known: Readonly<Record<string, (argument: unknown, path: string) => Test>>,
  matcher: Record<string, unknown>,
  path: string,
): Test => {
  const [name, argument] = onlyEntry(matcher, path);
  const build = Object.hasOwn(known, name) ? known[name] : undefined;
  if (build === undefined) throw invalid(path, matcher, [...Object.keys(known), 'exists'].join(', '));
  return build(argument, `${path}.${name}`);
};

const compileMatcher = (matcher: unknown, path: string): LeafTest => {
  if (isRecord(matcher)) {
    if (!Object.hasOwn(matcher, 'exists')) {
      const test = operatorOf(operators, matcher, path);
      return (values) => values.some(test);
    }
    const [, wanted] = onlyEntry(matcher, path);
    if (typeof wanted !== 'boolean') throw invalid(`${path}.exists`, wanted, 'true or false');
    return (values) => values.length > 0 === wanted;
  }
  if (Array.isArray(matcher)) throw invalid(path, matcher, 'a value or an object with one operator');
  return (values) => values.includes(matcher);
};

/** An array stands for each of its elements. An object is no leaf: `exists` doesn't see it, as on AWS. */
const leaves = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(leaves);
  return value === undefined || isRecord(value) ? [] : [value];
};

const compileLeaf = (matchers: readonly unknown[], path: string): Test => {
  if (matchers.length === 0) throw invalid(path, matchers, 'a list with at least one value');
  const tests = matchers.map((matcher, index) => compileMatcher(matcher, `${path}[${index}]`));
  return (value) => {
    const values = leaves(value);
    return tests.some((test) => test(values));
  };
};

const compileAlternatives = (patterns: unknown, path: string): Test => {
  if (!Array.isArray(patterns) || patterns.length < 2)
    throw invalid(path, patterns, 'a list of two or more patterns');
  const tests = patterns.map((pattern, index) => compileNode(pattern, `${path}[${index}]`));
  return (value) => tests.some((test) => test(value));
};

const compileField = (name: string, pattern: unknown, path: string): Test => {
  if (name === '$or') return compileAlternatives(pattern, path);
  const test = Array.isArray(pattern) ? compileLeaf(pattern, path) : compileNode(pattern, path);
  return (value) => test(isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined);
};

const compileNode = (pattern: unknown, path: string): Test => {
  if (!isRecord(pattern) || Object.keys(pattern).length === 0) {
    throw invalid(path, pattern, 'a list of values, or an object with at least one field');
  }
  const tests = Object.entries(pattern).map(([name, inner]) => compileField(name, inner, `${path}.${name}`));
  const matches: Test = (value) =>
    // One element must satisfy the whole pattern, as EventBridge's array consistency asks.
    Array.isArray(value) && value.length > 0 ? value.some(matches) : tests.every((test) => test(value));
  return matches;
};

/**
 * Compiles an EventBridge event pattern, which is also the language of stream filters. The operators are
 * those of https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html without
 * `cidr` and `wildcard`.
 *
 * @throws LocalStackError `PATTERN_INVALID` with the path of what EventBridge would not take, or we don't
 */
export const compilePattern = (pattern: unknown): ((event: unknown) => boolean) => compileNode(pattern, '$');
