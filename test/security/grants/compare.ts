import type { Use } from '../recorder/use.ts';
import { holds, like, listUnasked } from './conditions.ts';
import type { Right } from './statement.ts';

export interface Compared {
  /** Rights that were used and are not granted: on AWS these calls would fail. */
  readonly missing: readonly string[];
  /** Rights that are granted and were not used, and values that their conditions allow and no call had. */
  readonly unused: readonly string[];
}

const isAbout = ({ action, resource }: Right, use: Use): boolean =>
  like(action).test(use.action) && like(resource).test(use.resource);

const covers = (grant: Right, use: Use): boolean =>
  isAbout(grant, use) && holds(grant.condition, use.context);

const words = ({ action, resource }: { action: string; resource: string }): string =>
  `${action} on ${resource}`;

/** Describes a use that isn't granted, with its context if conditions are what denies it. */
const describeMissing = (granted: readonly Right[], use: Use): string =>
  granted.some((grant) => isAbout(grant, use))
    ? `${words(use)} with ${JSON.stringify(use.context)}`
    : words(use);

const describeUnused = (grant: Right, needed: readonly Use[]): string[] => {
  const covered = needed.filter((use) => covers(grant, use));
  if (covered.length === 0) return [words(grant)];
  const contexts = covered.map(({ context }) => context);
  return listUnasked(grant.condition, contexts).map((value) => `${words(grant)} with ${value}`);
};

/** Returns the rights that were used although a policy denies them. */
export const findDenied = (denials: readonly Right[], used: readonly Use[]): string[] =>
  used.filter((use) => denials.some((denial) => covers(denial, use))).map(words);

/** Compares the rights that a function has with those that it needs, both ways. */
export const compare = (granted: readonly Right[], needed: readonly Use[]): Compared => {
  const missing = needed.filter((use) => !granted.some((grant) => covers(grant, use)));
  return {
    missing: [...new Set(missing.map((use) => describeMissing(granted, use)))].sort(),
    unused: [...new Set(granted.flatMap((grant) => describeUnused(grant, needed)))].sort(),
  };
};
