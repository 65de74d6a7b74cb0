import * as z from 'zod';
import { queuesClaim, roles, scopeOf } from '../../../events/api/index.ts';
import { nameSchema } from '../../../events/index.ts';
import { ServiceError } from '../errors.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { parseInput, parseJson, refuseJson } from './json.ts';
import type { Answer, GatewayRequest, Protocol } from './protocol.ts';

/** The input of the request for a token. */
const tokenInput = z.strictObject({
  role: z.enum(roles).default('viewer'),
  subject: z.string().min(1).max(128).default('jane@example.com'),
  queues: z
    .array(z.string().refine((text) => nameSchema.safeParse(text).success))
    .max(100)
    .default([]),
  hours: z.number().positive().max(8_760).default(12),
});

const wellKnown = '/local/.well-known';
const keysPath = `${wellKnown}/jwks.json`;

const json = (body: object): Answer => ({
  status: 200,
  // A token is a secret, even of one machine.
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

const issueToken = async (issuer: Issuer, { body }: GatewayRequest): Promise<Answer> => {
  const given = body.length === 0 ? {} : parseJson(body);
  const { role, subject, queues, hours } = parseInput(tokenInput, given, 'ValidationException');
  const claims = { scope: scopeOf(role), ...(queues.length > 0 && { [queuesClaim]: queues }) };
  const { token, expiresAt } = await issuer.issue({ subject, hours, claims });
  return json({ token, expiresAt: new Date(expiresAt).toISOString() });
};

/** Describes the issuer in the form of OpenID Connect Discovery. Its keys are at this endpoint, whatever its name is. */
const describeIssuer = (issuer: Issuer, endpoint: string): Answer =>
  json({
    issuer: issuer.issuer,
    jwks_uri: `${endpoint}${keysPath}`,
    token_endpoint: `${endpoint}/local/tokens`,
    response_types_supported: ['token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: roles.map(scopeOf),
  });

/**
 * Speaks as the issuer of this machine: it gives a token to whoever asks, so the check of Host and Origin keeps pages
 * of other origins away from it.
 */
export const issuerProtocol = (issuer: Issuer | undefined): Protocol => ({
  speaks: ({ path }) => issuer !== undefined && path.startsWith('/local/'),
  answer: async (request) => {
    const { method, path, endpoint } = request;
    const route = `${method} ${path}`;
    if (issuer !== undefined) {
      if (route === 'POST /local/tokens') return issueToken(issuer, request);
      if (route === `GET ${wellKnown}/openid-configuration`) return describeIssuer(issuer, endpoint);
      if (route === `GET ${keysPath}`) return json({ keys: await issuer.listKeys() });
    }
    const allowed = `POST /local/tokens, GET ${wellKnown}/openid-configuration, GET ${keysPath}`;
    throw new ServiceError('UnknownOperationException', `${route} is unknown; allowed are ${allowed}`, 404);
  },
  refuse: (error) => ({ ...refuseJson(error), headers: { 'content-type': 'application/json' } }),
});
