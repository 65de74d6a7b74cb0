import { createHmac } from 'node:crypto';
import { showProblem } from '../../events/index.ts';
import { checkIdentifier, normaliseIdentifier } from './check-identifier.ts';
import type { Identifier } from './identities.ts';

/** An identifier as it is stored: by its keyed hash, from which nobody can read or guess it without the key. */
export interface HashedIdentifier {
  readonly type: string;
  /** 43 characters of base64url. */
  readonly hash: string;
  readonly anonymous: boolean;
}

/** The identifiers of a payload, and the id that its lead gets if none of them is linked to one. */
export interface HashedIdentifiers {
  /** Each once: those that name a person before anonymous ones, and otherwise the strongest first. */
  readonly identifiers: readonly [HashedIdentifier, ...HashedIdentifier[]];
  readonly newLeadId: string;
}

/** The most identifiers of one payload. `LeadIdentified` has no more. */
const mostIdentifiers = 20;

const leadIdLength = 22;

const keyedHash = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

const assertUsable = (identifiers: readonly Identifier[]): void => {
  for (const [i, identifier] of identifiers.entries()) {
    const problem = checkIdentifier(identifier, `identifiers[${i}]`);
    if (problem !== undefined)
      throw new TypeError(showProblem({ ...problem, given: 'a value that was not checked' }));
  }
};

/** Returns identifiers with those that name a person first; otherwise their order stays. */
const strongestFirst = (identifiers: readonly Identifier[]): readonly Identifier[] => [
  ...identifiers.filter(({ anonymous }) => !anonymous),
  ...identifiers.filter(({ anonymous }) => anonymous),
];

/**
 * Hashes the identifiers of a payload. The id of a new lead is derived from the strongest one, so that repeated and
 * concurrent payloads give the same.
 *
 * @param key the identity key
 * @throws TypeError if there is none, more than 20, or one that `checkIdentifier` refuses
 */
export const hashIdentifiers = (key: string, given: readonly Identifier[]): HashedIdentifiers => {
  if (given.length > mostIdentifiers)
    throw new TypeError(`${given.length} identifiers given; allowed: at most ${mostIdentifiers}`);
  assertUsable(given);
  const byHash = new Map<string, HashedIdentifier>();
  let newLeadId = '';
  for (const identifier of strongestFirst(given)) {
    const text = `${identifier.type}:${normaliseIdentifier(identifier)}`;
    if (newLeadId === '') newLeadId = `p-${keyedHash(key, `lead:${text}`).slice(0, leadIdLength)}`;
    const hash = keyedHash(key, `id:${text}`);
    if (!byHash.has(hash))
      byHash.set(hash, { type: identifier.type, hash, anonymous: identifier.anonymous === true });
  }
  const [first, ...others] = byHash.values();
  if (first === undefined) throw new TypeError('no identifier given; allowed: 1 to 20');
  return { identifiers: [first, ...others], newLeadId };
};
