import { isObject } from '../is-object.ts';
import { compileMatcher, type Matcher, type Operators } from './matchers.ts';
import { invalid } from './problems.ts';

/** Fields by their names joined with dots, each with its alternatives. An event has to satisfy all of them. */
export type Branch = ReadonlyMap<string, readonly Matcher[]>;

interface Place {
  readonly names: readonly string[];
  /** The same for people. */
  readonly at: string;
  readonly insideOr: boolean;
  readonly operators: Operators;
}

/** Beside `$or`'s own operators those that AWS keeps for later. */
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

const withField = (branch: Branch, { names, at, operators }: Place, given: readonly unknown[]): Branch => {
  const name = names.join('.');
  if (given.length === 0) throw invalid(at, given, 'a list with at least one value');
  if (branch.has(name)) throw invalid(at, given, 'each field once, beside $or and in it');
  return new Map([
    ...branch,
    [name, given.map((one, index) => compileMatcher(one, `${at}[${index}]`, operators))],
  ]);
};

const withAlternatives = (branches: readonly Branch[], place: Place, given: unknown): readonly Branch[] => {
  const { at } = place;
  if (!Array.isArray(given) || given.length < 2) throw invalid(at, given, 'a list of two or more patterns');
  const all = given.flatMap((one, index) =>
    withNode(branches, { ...place, at: `${at}[${index}]`, insideOr: true }, one),
  );
  if (all.length > mostBranches) throw invalid(at, all.length, `at most ${mostBranches} combinations`);
  return all;
};

const withEntry = (
  branches: readonly Branch[],
  place: Place,
  name: string,
  inner: unknown,
): readonly Branch[] => {
  const at = `${place.at}.${name}`;
  if (name === '$or') return withAlternatives(branches, { ...place, at }, inner);
  if (place.insideOr && reservedInOr.has(name)) throw invalid(at, name, 'no name of an operator inside $or');
  const here = { ...place, names: [...place.names, name], at };
  if (!Array.isArray(inner)) return withNode(branches, here, inner);
  return branches.map((branch) => withField(branch, here, inner));
};

const withNode = (branches: readonly Branch[], place: Place, given: unknown): readonly Branch[] => {
  if (!isObject(given) || Object.keys(given).length === 0) {
    throw invalid(place.at, given, 'a list of values, or an object with at least one field');
  }
  return Object.entries(given).reduce((all, [name, inner]) => withEntry(all, place, name, inner), branches);
};

/** Every combination of the alternatives in `$or`; one, where there is no `$or`. @throws LocalStackError */
export const branchesOf = (pattern: unknown, operators: Operators): readonly Branch[] =>
  withNode([new Map()], { names: [], at: '$', insideOr: false, operators }, pattern);
