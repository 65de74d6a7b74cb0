import type { Use } from '../recorder/use.ts';
import { holds, like } from './conditions.ts';
import type { Right } from './statement.ts';

export interface Compared {
  /** Rights that were used and are not granted: on AWS these calls would fail. */
  readonly missing: readonly string[];
  /** Rights that are granted and were not used. */
  readonly unused: readonly string[];
}

const covers = ({ action, resource, condition }: Right, use: Use): boolean =>
  like(action).test(use.action) && like(resource).test(use.resource) && holds(condition, use.context);

const words = ({ action, resource }: { action: string; resource: string }): string =>
  `${action} on ${resource}`;

/** Returns the rights that were used although a policy denies them. */
export const findDenied = (denials: readonly Right[], used: readonly Use[]): string[] =>
  used.filter((use) => denials.some((denial) => covers(denial, use))).map(words);

/** Compares the rights that a function has with those that it needs, both ways. */
export const compare = (granted: readonly Right[], needed: readonly Use[]): Compared => {
  const missing = needed.filter((use) => !granted.some((grant) => covers(grant, use)));
  const unused = granted.filter((grant) => !needed.some((use) => covers(grant, use)));
  return {
    missing: [...new Set(missing.map(words))].sort(),
    unused: [...new Set(unused.map(words))].sort(),
  };
};
