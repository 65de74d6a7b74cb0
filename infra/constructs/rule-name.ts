import { hash } from 'node:crypto';

/** The longest name of a rule. */
const longest = 64;
const hashLength = 8;

/** Returns a name that a rule may have: one that is too long ends in a hash of the whole. */
export const fitRuleName = (name: string): string =>
  name.length <= longest
    ? name
    : `${name.slice(0, longest - hashLength - 1)}-${hash('sha256', name, 'hex').slice(0, hashLength)}`;
