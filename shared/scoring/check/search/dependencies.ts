import type { Condition } from '../../document/condition.ts';
import {
  conditionsBehind,
  keyOfRead,
  type Read,
  readsOf,
  readsOfCondition,
  sectionOf,
} from '../../document/reads.ts';
import { isReader, partsOf } from '../../document/walk.ts';
import { type Constraint, conditionsOf } from './constraints.ts';
import type { SearchedSection, SearchSpace } from './search-space.ts';

/** Whether a search computes sections from the facts, or assumes that they can be anything. */
export type Mode = 'computed' | 'assumed';

/** Something that differs from lead to lead, with the conditions that read it. */
export interface Variable {
  readonly read: Read;
  readonly leaves: ReadonlySet<Condition>;
}

export interface Dependencies {
  /** The variables by the key of what is read. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** The sections to be computed from the facts. */
  readonly sections: ReadonlySet<SearchedSection>;
}

const searchedSectionOf = (read: Read): SearchedSection | undefined => {
  const section = sectionOf(read);
  return section === 'answering' ? undefined : section;
};

type Variables = Map<string, { readonly read: Read; readonly leaves: Set<Condition> }>;

const addVariable = (variables: Variables, read: Read, leaves: Iterable<Condition>): void => {
  const key = keyOfRead(read);
  const before = variables.get(key);
  if (before === undefined) variables.set(key, { read, leaves: new Set(leaves) });
  else for (const leaf of leaves) before.leaves.add(leaf);
};

const variablesIn = (conditions: readonly Condition[]): Variables => {
  const variables: Variables = new Map();
  for (const leaf of conditions.flatMap(partsOf)) {
    if (isReader(leaf)) for (const read of readsOf(leaf)) addVariable(variables, read, [leaf]);
  }
  return variables;
};

const dependenciesOfOne = (space: SearchSpace, condition: Condition, mode: Mode): Dependencies => {
  if (mode === 'assumed') return { variables: variablesIn([condition]), sections: new Set() };
  const computed = readsOfCondition(condition).filter((read) => searchedSectionOf(read) !== undefined);
  const behind = computed.flatMap((read) => conditionsBehind(read, space.document));
  const variables = variablesIn([condition, ...behind]);
  for (const read of computed) variables.delete(keyOfRead(read));
  return { variables, sections: new Set(computed.flatMap((read) => searchedSectionOf(read) ?? [])) };
};

/** Finds all that constraints depend on; in mode `computed` the facts behind a section instead of the section. */
export const findDependencies = (
  space: SearchSpace,
  constraints: readonly Constraint[],
  mode: Mode,
): Dependencies => {
  const each = constraints
    .flatMap(conditionsOf)
    .map((condition) => space.memoize(mode, [condition], () => dependenciesOfOne(space, condition, mode)));
  const [first, ...others] = each;
  if (first !== undefined && others.length === 0) return first;
  const variables: Variables = new Map();
  for (const { read, leaves } of each.flatMap((one) => [...one.variables.values()])) {
    addVariable(variables, read, leaves);
  }
  return { variables, sections: new Set(each.flatMap(({ sections }) => [...sections])) };
};
