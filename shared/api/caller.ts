import { queuesClaim, type Role, roles, scopeOf } from '../../events/api/index.ts';

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
    readonly scopes?: readonly string[] | null;
  };
  readonly iam?: { readonly userArn?: string | null };
}

/** Returns the words of a claim. API Gateway writes a list as text in brackets. */
const wordsOf = (claim: unknown): string[] =>
  (Array.isArray(claim) ? claim : [claim]).flatMap((text: unknown) =>
    typeof text === 'string' ? text.split(/[\s,[\]"]+/).filter((word) => word !== '') : [],
  );

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
    const scopes = [jwt.scopes, claims.scope, claims.scp].flatMap(wordsOf);
    return {
      kind: 'person',
      subject,
      name: emailOf(claims) ?? subject,
      roles: roles.filter((role) => scopes.includes(scopeOf(role))),
      queues: wordsOf(claims[queuesClaim]),
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
