import type { Condition } from '../../document/condition.ts';
import {
  conditionsBehind,
  findSection,
  keyOfRead,
  listConditionReads,
  listReads,
  type Read,
} from '../../document/reads.ts';
import { isReader, listParts } from '../../document/walk.ts';
import { type Constraint, listConditions } from './constraints.ts';
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

const findSearchedSection = (read: Read): SearchedSection | undefined => {
  const section = findSection(read);
  return section === 'answering' ? undefined : section;
};

type Variables = Map<string, { readonly read: Read; readonly leaves: Set<Condition> }>;

const addVariable = (variables: Variables, read: Read, leaves: Iterable<Condition>): void => {
  const key = keyOfRead(read);
  const before = variables.get(key);
  if (before === undefined) variables.set(key, { read, leaves: new Set(leaves) });
  else for (const leaf of leaves) before.leaves.add(leaf);
};

const collectVariables = (conditions: readonly Condition[]): Variables => {
  const variables: Variables = new Map();
  for (const leaf of conditions.flatMap(listParts)) {
    if (isReader(leaf)) for (const read of listReads(leaf)) addVariable(variables, read, [leaf]);
  }
  return variables;
};

const findOwnDependencies = (space: SearchSpace, condition: Condition, mode: Mode): Dependencies => {
  if (mode === 'assumed') return { variables: collectVariables([condition]), sections: new Set() };
  const computed = listConditionReads(condition).filter((read) => findSearchedSection(read) !== undefined);
  const behind = computed.flatMap((read) => conditionsBehind(read, space.document));
  const variables = collectVariables([condition, ...behind]);
  for (const read of computed) variables.delete(keyOfRead(read));
  return { variables, sections: new Set(computed.flatMap((read) => findSearchedSection(read) ?? [])) };
};

/** Finds all that constraints depend on; in mode `computed` the facts behind a section instead of the section. */
export const findDependencies = (
  space: SearchSpace,
  constraints: readonly Constraint[],
  mode: Mode,
): Dependencies => {
  const each = constraints
    .flatMap(listConditions)
    .map((condition) => space.memoize(mode, [condition], () => findOwnDependencies(space, condition, mode)));
  const [first, ...others] = each;
  if (first !== undefined && others.length === 0) return first;
  const variables: Variables = new Map();
  for (const { read, leaves } of each.flatMap((one) => [...one.variables.values()])) {
    addVariable(variables, read, leaves);
  }
  return { variables, sections: new Set(each.flatMap(({ sections }) => [...sections])) };
};
