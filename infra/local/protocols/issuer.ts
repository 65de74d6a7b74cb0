import * as z from 'zod';
import { roles, scopeOf } from '../../../events/api/index.ts';
import { ServiceError } from '../errors.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { claimsOf, personFields } from '../issuer/person.ts';
import { jsonAnswer } from '../issuer/sign-in/oauth-answers.ts';
import { SignIn } from '../issuer/sign-in/sign-in.ts';
import { stylePath } from '../issuer/sign-in/sign-in-page.ts';
import { signInStyle } from '../issuer/sign-in/sign-in-style.ts';
import { parseInput, parseJson, refuseJson } from './json.ts';
import { type Answer, type GatewayRequest, originOf, type Protocol } from './protocol.ts';

/** The input of the request for a token. */
const tokenInput = z.strictObject({
  ...personFields,
  hours: z.number().positive().max(8_760).default(12),
});

const wellKnown = '/local/.well-known';
const keysPath = `${wellKnown}/jwks.json`;
/** The path of the description of the issuer. */
export const discoveryPath = `${wellKnown}/openid-configuration`;

const issueToken = async (issuer: Issuer, { body }: GatewayRequest): Promise<Answer> => {
  const given = body.length === 0 ? {} : parseJson(body);
  const { hours, ...person } = parseInput(tokenInput, given, 'ValidationException');
  const { token, expiresAt } = await issuer.issue({
    subject: person.subject,
    hours,
    claims: claimsOf(person),
  });
  return jsonAnswer({ token, expiresAt: new Date(expiresAt).toISOString() });
};

/** Describes the issuer in the form of OpenID Connect Discovery. Its addresses are here, whatever its name is. */
const describeIssuer = (issuer: Issuer, origin: string): Answer =>
  jsonAnswer({
    issuer: issuer.issuer,
    jwks_uri: `${origin}${keysPath}`,
    authorization_endpoint: `${origin}/local/authorize`,
    token_endpoint: `${origin}/local/token`,
    end_session_endpoint: `${origin}/local/sign-out`,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: ['none', 'login'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: roles.map(scopeOf),
  });

const styleAnswer: Answer = {
  status: 200,
  headers: {
    'content-type': 'text/css; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  },
  body: signInStyle,
};

type Handler = (request: GatewayRequest) => Answer | Promise<Answer>;

const createRoutes = (issuer: Issuer): ReadonlyMap<string, Handler> => {
  const signIn = new SignIn(issuer);
  return new Map<string, Handler>([
    ['POST /local/tokens', (request) => issueToken(issuer, request)],
    ['GET /local/authorize', (request) => signIn.authorize(request)],
    ['POST /local/authorize', (request) => signIn.submit(request)],
    ['POST /local/token', (request) => signIn.exchange(request)],
    ['GET /local/sign-out', (request) => signIn.signOut(request)],
    [`GET ${stylePath}`, () => styleAnswer],
    [`GET ${discoveryPath}`, (request) => describeIssuer(issuer, originOf(request))],
    [`GET ${keysPath}`, async () => jsonAnswer({ keys: await issuer.listKeys() })],
  ]);
};

/**
 * Speaks as the issuer of this machine: it gives a token to whoever asks, so the check of Host and Origin keeps pages
 * of other origins away from it.
 */
export const issuerProtocol = (issuer: Issuer | undefined): Protocol => {
  const routes = issuer && createRoutes(issuer);
  return {
    speaks: ({ path }) => routes !== undefined && path.startsWith('/local/'),
    answer: (request) => {
      const route = `${request.method} ${request.path}`;
      const handler = routes?.get(route);
      if (handler !== undefined) return handler(request);
      const allowed = [...(routes?.keys() ?? [])].join(', ');
      throw new ServiceError('UnknownOperationException', `${route} is unknown; allowed are ${allowed}`, 404);
    },
    refuse: (error) => ({ ...refuseJson(error), headers: { 'content-type': 'application/json' } }),
  };
};
