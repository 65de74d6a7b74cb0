import { createHash } from 'node:crypto';
import {
  parseClaimWords,
  parseQueuesClaim,
  queuesClaim,
  type Role,
  roles,
  scopeOf,
} from '../../events/api/index.ts';
import { limits } from '../../events/index.ts';

/** Whoever sends a request, as the door has found out: a person by a token, or a service by its AWS credentials. */
export type Caller =
  | {
      readonly kind: 'person';
      /** The id that the issuer gives the person. */
      readonly subject: string;
      /** The name under which the person answers hand-offs and owns leads: the e-mail address, else the subject. */
      readonly name: string;
      readonly roles: readonly Role[];
      /** The queues whose hand-offs the person answers. */
      readonly queues: readonly string[];
    }
  | { readonly kind: 'service'; readonly arn: string };

/** The part of a request's context that the authorizers of API Gateway fill in. */
export interface Authorizer {
  readonly jwt?: {
    readonly claims: Readonly<Record<string, unknown>>;
    /** Isn't read: whether it has the scopes of the token, or those of the route, isn't documented. */
    readonly scopes?: readonly string[] | null;
  };
  readonly iam?: { readonly userArn?: string | null };
}

const textOf = (claim: unknown, longest = 128): string | undefined =>
  typeof claim === 'string' && claim !== '' && claim.length <= longest ? claim : undefined;

/** The most characters of an ARN. That of a session has the names of its role and of the session. */
const longestArn = 2_048;

/** Returns the e-mail address of a person, unless the issuer says that nobody has checked it. */
const emailOf = ({ email, email_verified: verified }: Readonly<Record<string, unknown>>) =>
  verified === false || verified === 'false' ? undefined : textOf(email);

/** Finds out who sends a request; undefined if the door lets nobody through that it doesn't know. */
export const identifyCaller = ({ jwt, iam }: Authorizer = {}): Caller | undefined => {
  if (jwt !== undefined) {
    const { claims } = jwt;
    const subject = textOf(claims.sub);
    if (subject === undefined) return undefined;
    const scopes = [claims.scope, claims.scp].flatMap(parseClaimWords);
    return {
      kind: 'person',
      subject,
      name: emailOf(claims) ?? subject,
      roles: roles.filter((role) => scopes.includes(scopeOf(role))),
      queues: parseQueuesClaim(claims[queuesClaim]),
    };
  }
  const arn = textOf(iam?.userArn, longestArn);
  return arn === undefined ? undefined : { kind: 'service', arn };
};

/** Returns whether a caller has a role, or one that may do more. The policies of services name their routes instead. */
export const hasRole = (caller: Caller, role: Role): boolean =>
  caller.kind === 'service' || caller.roles.some((own) => roles.indexOf(own) >= roles.indexOf(role));

/** Returns the name that tells callers apart: no two share it. */
export const callerId = (caller: Caller): string =>
  caller.kind === 'person' ? `person ${caller.subject}` : `service ${caller.arn}`;

/**
 * Returns the name of a caller as events and steps have it. An ARN that is too long ends with
 * a digest of the whole, since the sessions of a role differ at the end.
 */
export const nameCaller = (caller: Caller): string => {
  if (caller.kind === 'person') return caller.name;
  const { arn } = caller;
  if (arn.length <= limits.idLength) return arn;
  const ending = `~${createHash('sha256').update(arn).digest('hex').slice(0, 16)}`;
  return `${arn.slice(0, limits.idLength - ending.length)}${ending}`;
};
