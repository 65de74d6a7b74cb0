import {
  parseClaimWords,
  parseQueuesClaim,
  queuesClaim,
  type Role,
  roles,
  scopeOf,
} from '../../events/api/index.ts';

/** The person who is signed in. */
export interface Person {
  /** The name under which the person decides: the e-mail address, else the id that the issuer gives. */
  readonly subject: string;
  /** The id that the issuer gives. */
  readonly id: string;
  readonly role: Role;
  /** The queues whose hand-offs a seller answers. */
  readonly queues: readonly string[];
}

type Claims = Readonly<Record<string, unknown>>;

const readClaims = (token: string): Claims => {
  const part = token.split('.')[1] ?? '';
  const text = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (sign) => sign.charCodeAt(0)))) as Claims;
};

const isText = (claim: unknown): claim is string => typeof claim === 'string' && claim !== '';

const idOf = ({ sub }: Claims): string => (isText(sub) ? sub : '');

const nameOf = (claims: Claims): string => {
  const { email, email_verified: verified } = claims;
  return isText(email) && verified !== false && verified !== 'false' ? email : idOf(claims);
};

/**
 * Reads from a token who somebody is, for the page alone: the API checks each request by itself. Somebody without a role
 * counts as a viewer, and learns from the API what is missing.
 *
 * @throws Error if the token isn't a JSON Web Token
 */
export const readPerson = (token: string): Person => {
  const claims = readClaims(token);
  const scopes = [claims.scope, claims.scp].flatMap(parseClaimWords);
  const own = roles.filter((role) => scopes.includes(scopeOf(role)));
  return {
    subject: nameOf(claims),
    id: idOf(claims),
    role: own.at(-1) ?? 'viewer',
    queues: parseQueuesClaim(claims[queuesClaim]),
  };
};
