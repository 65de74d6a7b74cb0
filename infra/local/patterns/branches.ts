import { isObject } from '../../../events/index.ts';
import { compileMatcher, type Matcher, type Operators } from './matchers.ts';
import { invalid } from './problems.ts';

/** Fields by their names joined with dots, each with its alternatives. An event has to satisfy all of them. */
export type Branch = ReadonlyMap<string, readonly Matcher[]>;

interface FieldPath {
  readonly names: readonly string[];
  /** The path in messages, such as `$.detail.amount`. */
  readonly at: string;
  readonly insideOr: boolean;
  readonly operators: Operators;
}

/** The names that a field inside `$or` may not have: the names of operators, and those that AWS reserves. */
const reservedInOr = new Set(
  [
    'exactly',
    'equals-ignore-case',
    'prefix',
    'suffix',
    'anything-but',
    'exists',
    'wildcard',
    'numeric',
    'cidr',
  ]
    .concat(['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'])
    .concat(['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'])
    .concat(['ip-address-in-range', 'ip-address-not-in-range']),
);
const mostBranches = 1_000;

const withField = (
  branch: Branch,
  { names, at, operators }: FieldPath,
  given: readonly unknown[],
): Branch => {
  const name = names.join('.');
  if (given.length === 0) throw invalid(at, given, 'a list with at least one value');
  if (branch.has(name)) throw invalid(at, given, 'each field once, beside $or and in it');
  return new Map([
    ...branch,
    [name, given.map((one, index) => compileMatcher(one, `${at}[${index}]`, operators))],
  ]);
};

const withAlternatives = (
  branches: readonly Branch[],
  path: FieldPath,
  given: unknown,
): readonly Branch[] => {
  const { at } = path;
  if (!Array.isArray(given) || given.length < 2) throw invalid(at, given, 'a list of two or more patterns');
  const all = given.flatMap((one, index) =>
    withNode(branches, { ...path, at: `${at}[${index}]`, insideOr: true }, one),
  );
  if (all.length > mostBranches) throw invalid(at, all.length, `at most ${mostBranches} combinations`);
  return all;
};

const withEntry = (
  branches: readonly Branch[],
  path: FieldPath,
  name: string,
  inner: unknown,
): readonly Branch[] => {
  const at = `${path.at}.${name}`;
  if (name === '$or') return withAlternatives(branches, { ...path, at }, inner);
  if (path.insideOr && reservedInOr.has(name)) throw invalid(at, name, 'no name of an operator inside $or');
  const here = { ...path, names: [...path.names, name], at };
  if (!Array.isArray(inner)) return withNode(branches, here, inner);
  return branches.map((branch) => withField(branch, here, inner));
};

const withNode = (branches: readonly Branch[], path: FieldPath, given: unknown): readonly Branch[] => {
  if (!isObject(given) || Object.keys(given).length === 0) {
    throw invalid(path.at, given, 'a list of values, or an object with at least one field');
  }
  return Object.entries(given).reduce((all, [name, inner]) => withEntry(all, path, name, inner), branches);
};

/**
 * Returns every combination of the alternatives in `$or`, or a single branch without `$or`.
 *
 * @throws LocalStackError
 */
export const expandBranches = (pattern: unknown, operators: Operators): readonly Branch[] =>
  withNode([new Map()], { names: [], at: '$', insideOr: false, operators }, pattern);
