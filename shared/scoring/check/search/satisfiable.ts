import type { Reading } from '../../reading.ts';
import { type Constraint, decompose, includes } from './constraints.ts';
import { findDependencies, type Mode } from './dependencies.ts';
import { findEquivalenceClasses } from './equivalence-classes.ts';
import type { Assignment, SearchSpace } from './search-space.ts';

/** Whether some lead can meet constraints. "no" is certain; "maybe" if it would take too long to find out. */
export type Satisfiable = 'yes' | 'no' | 'maybe';

/** Leads that one search tries at most. */
const mostLeads = 20_000;

const isMet = (space: SearchSpace, given: Constraint, reading: Reading): boolean => {
  if ('every' in given) return given.every.every((inner) => isMet(space, inner, reading));
  if ('either' in given) return given.either.some((inner) => isMet(space, inner, reading));
  return includes(given.truths, space.compile(given.condition)(reading));
};

/** Tries a lead of every equivalence class; undefined if they are too many. */
const search = (
  space: SearchSpace,
  constraints: readonly Constraint[],
  mode: Mode,
): 'yes' | 'no' | undefined => {
  const { variables, sections } = findDependencies(space, constraints, mode);
  const choices: (readonly Assignment[])[] = [];
  let leads = 1;
  for (const variable of variables.values()) {
    const assignments = findEquivalenceClasses(space, variable);
    if (assignments === undefined) return undefined;
    leads *= assignments.length;
    if (leads > mostLeads) return undefined;
    choices.push(assignments);
  }
  const chosen: Assignment[] = [];
  const tryFrom = (index: number): 'yes' | 'no' | undefined => {
    const assignments = choices[index];
    if (assignments === undefined) {
      if (!space.spend(1)) return undefined;
      const reading = space.read(chosen, sections);
      return constraints.every((given) => isMet(space, given, reading)) ? 'yes' : 'no';
    }
    for (const assignment of assignments) {
      chosen[index] = assignment;
      const found = tryFrom(index + 1);
      if (found !== 'no') return found;
    }
    return 'no';
  };
  return tryFrom(0);
};

/** Groups constraints so that no two groups share a variable: each group can then be searched by itself. */
const groupIndependent = (
  space: SearchSpace,
  constraints: readonly Constraint[],
  mode: Mode,
): Constraint[][] => {
  const groups: { constraints: Constraint[]; keys: Set<string> }[] = [];
  for (const given of constraints) {
    const { variables } = findDependencies(space, [given], mode);
    const joined = { constraints: [given], keys: new Set(variables.keys()) };
    for (const group of [...groups]) {
      if (![...group.keys].some((key) => variables.has(key))) continue;
      groups.splice(groups.indexOf(group), 1);
      joined.constraints.unshift(...group.constraints);
      for (const key of group.keys) joined.keys.add(key);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.constraints);
};

/** Simplifies a group that is too large to search: one alternative by another, or with sections assumed. */
const solveSimplified = (space: SearchSpace, group: readonly Constraint[], mode: Mode): Satisfiable => {
  const choice = group.find((given) => 'either' in given);
  if (choice !== undefined) {
    const others = group.filter((given) => given !== choice);
    let best: Satisfiable = 'no';
    for (const inner of choice.either) {
      const found = solve(space, [...others, ...decompose(inner)], mode);
      if (found === 'yes') return 'yes';
      if (found === 'maybe') best = 'maybe';
    }
    return best;
  }
  const { sections } = findDependencies(space, group, mode);
  return mode === 'computed' && sections.size > 0 ? solve(space, group, 'assumed') : 'maybe';
};

const solve = (space: SearchSpace, constraints: readonly Constraint[], mode: Mode): Satisfiable => {
  if (!space.spend(constraints.length)) return 'maybe';
  let all: Satisfiable = mode === 'computed' ? 'yes' : 'maybe';
  for (const group of groupIndependent(space, constraints, mode)) {
    const found = search(space, group, mode) ?? solveSimplified(space, group, mode);
    if (found === 'no') return 'no';
    if (found === 'maybe') all = 'maybe';
  }
  return all;
};

/**
 * Finds out whether some lead can meet all constraints, by trying a lead of every equivalence class, so that it never
 * returns "no" for what can be. If the classes are too many, it assumes that sections can be anything, and searches
 * constraints that share no variable by themselves.
 *
 * @example isSatisfiable(space, [constraint({ answer: 'months', above: 36 }, isYes)]) // 'no' if it is at most 36
 */
export const isSatisfiable = (space: SearchSpace, constraints: readonly Constraint[]): Satisfiable =>
  solve(space, constraints.flatMap(decompose), 'computed');
