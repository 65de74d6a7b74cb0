import type { Reading } from '../../reading.ts';
import { askedBy, type Mode } from './asked.ts';
import { type Claim, includes, takenApart } from './claims.ts';
import type { Setting, Space } from './space.ts';
import { toldApart } from './told-apart.ts';
import type { Variable } from './variables.ts';

/** Whether there can be such a lead. "no" is certain; "maybe" where it would take too long to say. */
export type Possible = 'yes' | 'no' | 'maybe';

/** Leads that one search goes through at most. */
const mostLeads = 20_000;

const holds = (space: Space, given: Claim, reading: Reading): boolean => {
  if ('every' in given) return given.every.every((inner) => holds(space, inner, reading));
  if ('either' in given) return given.either.some((inner) => holds(space, inner, reading));
  return includes(given.truths, space.compile(given.condition)(reading));
};

/** Goes through all leads that can be told apart; undefined where they are too many. */
const searched = (space: Space, claims: readonly Claim[], mode: Mode): 'yes' | 'no' | undefined => {
  const { readers, workedOut } = askedBy(space, claims, mode);
  const ways: (readonly Setting[])[] = [];
  let leads = 1;
  for (const [variable, leaves] of readers) {
    const settings = toldApart(space, variable, [...leaves]);
    if (settings === undefined) return undefined;
    leads *= settings.length;
    if (leads > mostLeads) return undefined;
    ways.push(settings);
  }
  const chosen: Setting[] = [];
  const find = (from: number): 'yes' | 'no' | undefined => {
    const settings = ways[from];
    if (settings === undefined) {
      if (!space.spend(1)) return undefined;
      const reading = space.read(chosen, workedOut);
      return claims.every((given) => holds(space, given, reading)) ? 'yes' : 'no';
    }
    for (const setting of settings) {
      chosen[from] = setting;
      const found = find(from + 1);
      if (found !== 'no') return found;
    }
    return 'no';
  };
  return find(0);
};

/** Claims that share nothing that they ask for can be looked at by themselves. */
const groupsOf = (space: Space, claims: readonly Claim[], mode: Mode): Claim[][] => {
  const groups: { claims: Claim[]; variables: Set<Variable> }[] = [];
  for (const given of claims) {
    const { readers } = askedBy(space, [given], mode);
    const joined = { claims: [given], variables: new Set(readers.keys()) };
    for (const group of [...groups]) {
      if (![...group.variables].some((variable) => readers.has(variable))) continue;
      groups.splice(groups.indexOf(group), 1);
      joined.claims.unshift(...group.claims);
      for (const variable of group.variables) joined.variables.add(variable);
    }
    groups.push(joined);
  }
  return groups.map((group) => group.claims);
};

/** Of a group that can't be gone through: one of several claims by another, or with less looked at. */
const otherwise = (space: Space, group: readonly Claim[], mode: Mode): Possible => {
  const choice = group.find((given) => 'either' in given);
  if (choice !== undefined) {
    const others = group.filter((given) => given !== choice);
    let best: Possible = 'no';
    for (const inner of choice.either) {
      const found = inMode(space, [...others, ...takenApart(inner)], mode);
      if (found === 'yes') return 'yes';
      if (found === 'maybe') best = 'maybe';
    }
    return best;
  }
  const { workedOut } = askedBy(space, group, mode);
  return mode === 'followed' && workedOut.size > 0 ? inMode(space, group, 'assumed') : 'maybe';
};

const inMode = (space: Space, claims: readonly Claim[], mode: Mode): Possible => {
  if (!space.spend(claims.length)) return 'maybe';
  let all: Possible = mode === 'followed' ? 'yes' : 'maybe';
  for (const group of groupsOf(space, claims, mode)) {
    const found = searched(space, group, mode) ?? otherwise(space, group, mode);
    if (found === 'no') return 'no';
    if (found === 'maybe') all = 'maybe';
  }
  return all;
};

/**
 * Whether there can be a lead of which all the claims are so, by going through every lead that they can tell apart. So
 * "no" is never said of what can be; where there are too many, what is worked out of facts is taken to be anything, and
 * claims that share nothing are looked at by themselves.
 */
export const possible = (space: Space, claims: readonly Claim[]): Possible =>
  inMode(space, claims.flatMap(takenApart), 'followed');
