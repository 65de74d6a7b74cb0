import type { Condition } from '../../document/condition.ts';
import { partsOf } from '../../document/places.ts';
import { type Claim, conditionsOf } from './claims.ts';
import type { Space, WorkedOut } from './space.ts';
import { behind, ofCondition, ofLeaf, sectionOf, type Variable } from './variables.ts';

/** Whether what is worked out of facts follows from them, or is taken to be anything at all. */
export type Mode = 'followed' | 'assumed';

/** What conditions ask for. */
export interface Asked {
  /** By variable, the conditions that read it. */
  readonly readers: ReadonlyMap<Variable, ReadonlySet<Condition>>;
  /** What has to be worked out for them. */
  readonly workedOut: WorkedOut;
}

const readersIn = (conditions: readonly Condition[]): Map<Variable, Set<Condition>> => {
  const readers = new Map<Variable, Set<Condition>>();
  for (const leaf of conditions.flatMap(partsOf)) {
    for (const variable of ofLeaf(leaf)) {
      const others = readers.get(variable);
      if (others === undefined) readers.set(variable, new Set([leaf]));
      else others.add(leaf);
    }
  }
  return readers;
};

const ofOne = (space: Space, condition: Condition, mode: Mode): Asked => {
  if (mode === 'assumed') return { readers: readersIn([condition]), workedOut: new Set() };
  const read = ofCondition(condition);
  const further = read.flatMap((variable) => behind(variable, space.document));
  const readers = readersIn([condition, ...further]);
  for (const variable of read) if (sectionOf(variable) !== undefined) readers.delete(variable);
  return { readers, workedOut: new Set(read.flatMap((variable) => sectionOf(variable) ?? [])) };
};

/** All that claims ask for, and in mode `followed` what is behind it in place of what is worked out. */
export const askedBy = (space: Space, claims: readonly Claim[], mode: Mode): Asked => {
  const each = claims
    .flatMap(conditionsOf)
    .map((condition) => space.once(mode, [condition], () => ofOne(space, condition, mode)));
  const [first, ...others] = each;
  if (first !== undefined && others.length === 0) return first;
  const readers = new Map<Variable, Set<Condition>>();
  for (const asked of each) {
    for (const [variable, leaves] of asked.readers) {
      const before = readers.get(variable);
      if (before === undefined) readers.set(variable, new Set(leaves));
      else for (const leaf of leaves) before.add(leaf);
    }
  }
  return { readers, workedOut: new Set(each.flatMap(({ workedOut }) => [...workedOut])) };
};
