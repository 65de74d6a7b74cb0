import {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtNotBeforeError,
} from 'aws-jwt-verify/error';
import type { Callers } from '../callers.ts';
import type { Issuer } from '../issuer/issuer.ts';
import type { Answer, GatewayRequest } from '../protocols/protocol.ts';
import { account } from '../resource-types.ts';
import type { AuthorizerContext } from './build-event.ts';
import { messageAnswer } from './message-answer.ts';
import type { AuthorizerSpec } from './read-apis.ts';

/** The caller of a request, or the answer that refuses it. */
export type Authorization =
  | { readonly ok: true; readonly context: AuthorizerContext | undefined }
  | { readonly ok: false; readonly answer: Answer };

type JwtSpec = Extract<AuthorizerSpec, { kind: 'jwt' }>;

const reasons = [
  [JwtExpiredError, 'the token has expired'],
  [JwtNotBeforeError, 'the token is not valid yet'],
  [JwtInvalidIssuerError, 'the token has another issuer'],
  [JwtInvalidAudienceError, 'the token does not have a valid audience'],
] as const;

const explain = (error: unknown): string =>
  reasons.find(([type]) => error instanceof type)?.[1] ?? 'the token is not one of this issuer';

const unauthorized = (challenge: string): Authorization => ({
  ok: false,
  answer: messageAnswer(401, 'Unauthorized', { 'www-authenticate': challenge }),
});

/** Returns a claim as API Gateway passes it on: as text, and a list in brackets. Null is left out. */
const showClaim = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return `[${value.map((one) => showClaim(one) ?? '').join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const showClaims = (payload: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(payload).flatMap(([name, value]) => {
      const shown = showClaim(value);
      return shown === undefined ? [] : [[name, shown]];
    }),
  );

/** Returns the scopes of a token, in the claim `scp` or `scope`. */
const readScopes = ({ scp, scope }: { readonly scp?: unknown; readonly scope?: unknown }): string[] => {
  const given = scp ?? scope ?? '';
  return Array.isArray(given) ? given.map(String) : String(given).split(' ').filter(Boolean);
};

/**
 * Checks a token as the JWT authorizer of API Gateway does. What functions get was measured on AWS:
 * https://github.com/floci-io/floci/pull/2011
 */
const checkToken = async (
  { rules, scopes: needed }: JwtSpec,
  { headersDistinct }: GatewayRequest,
  issuer: Issuer,
): Promise<Authorization> => {
  const [header = '', ...others] = headersDistinct.authorization ?? [];
  // The word before the token may be left out.
  const token = header.replace(/^bearer +/i, '').trim();
  if (token === '') return unauthorized('Bearer');
  let claims: object;
  try {
    if (others.length > 0) throw new Error('two tokens');
    claims = await issuer.verify(token, rules);
  } catch (error) {
    const challenge = `Bearer scope="" error="invalid_token" error_description="${explain(error)}"`;
    return unauthorized(challenge);
  }
  const own = readScopes(claims);
  if (needed.length > 0 && !needed.some((scope) => own.includes(scope))) {
    const challenge =
      `Bearer scope="${needed.join(' ')}" error="insufficient_scope" ` +
      'error_description="the token does not have one of the scopes of the route"';
    return { ok: false, answer: messageAnswer(403, 'Forbidden', { 'www-authenticate': challenge }) };
  }
  const scopes = needed.length > 0 ? own : null;
  return { ok: true, context: { jwt: { claims: showClaims(claims), scopes } } };
};

const signature = /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/[^,\s]+, *SignedHeaders=[^,\s]+, *Signature=\w+$/;

/** Finds out who signed a request. Any credentials are accepted, as everywhere at the endpoint. */
const readSigner = (request: GatewayRequest, callers: Callers): Authorization => {
  const accessKey = signature.exec(request.headers.authorization ?? '')?.[1];
  if (accessKey === undefined) return { ok: false, answer: messageAnswer(403, 'Forbidden') };
  const userArn = callers.identify(request);
  const nobody = { cognitoIdentity: null, principalOrgId: null };
  const iam = { accessKey, accountId: account, callerId: accessKey, userArn, userId: accessKey, ...nobody };
  return { ok: true, context: { iam } };
};

/** The means by which callers are known. */
interface AuthorizeProps {
  readonly callers: Callers;
  /** The issuer of tokens. @default none, for an app without routes that take tokens */
  readonly issuer: Issuer | undefined;
}

/** Finds out who sends a request, and whether the route lets them in. */
export const authorize = async (
  spec: AuthorizerSpec,
  request: GatewayRequest,
  { callers, issuer }: AuthorizeProps,
): Promise<Authorization> => {
  if (spec.kind === 'none') return { ok: true, context: undefined };
  if (spec.kind === 'iam') return readSigner(request, callers);
  return issuer === undefined ? unauthorized('Bearer') : checkToken(spec, request, issuer);
};
