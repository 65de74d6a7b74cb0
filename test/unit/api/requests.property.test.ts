import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apiServices,
  listScopes,
  operations,
  problemDocument,
  routeKeyOf,
  routeOf,
} from '../../../events/api/index.ts';
import type { GatewayRequest } from '../../../shared/api/index.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { hostileText, hostileVersionOf } from '../../support/hostile.ts';
import { seeded } from '../../support/seed.ts';
import { handlerOf, samples } from './samples.ts';

const scope = fc.constantFrom(
  'sluice/viewer',
  'sluice/seller',
  'sluice/admin',
  'openid',
  '[sluice/admin]',
  '',
);
const jsonValue = fc.jsonValue({ maxDepth: 2 });

/** Whatever the authorizers of a gateway could pass, with claims of any kind. */
const authorizer = fc.option(
  fc.record(
    {
      jwt: fc.record(
        {
          claims: fc.record(
            {
              sub: fc.oneof(fc.constant('u-1'), hostileText, jsonValue),
              scope: fc.oneof(scope, jsonValue),
              scp: fc.oneof(fc.array(scope), jsonValue),
              email: fc.oneof(hostileText, jsonValue),
              queues: fc.oneof(fc.constant('[sales]'), jsonValue),
            },
            { requiredKeys: [] },
          ),
          scopes: fc.option(fc.array(scope)),
        },
        { requiredKeys: ['claims'] },
      ),
      iam: fc.record(
        { userArn: fc.option(fc.oneof(fc.constant('arn:aws:iam::123456789012:user/a'), hostileText)) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const parameter = fc.oneof(
  hostileText,
  fc.constantFrom(
    'l-1',
    'l-1~h-1',
    '0123456789abcdef0123456789abcdef',
    'good',
    '10',
    '2026-03-01',
    '',
    '__proto__',
  ),
);
const parameters = fc.option(
  fc.dictionary(
    fc.oneof(
      fc.constantFrom('id', 'tier', 'limit', 'cursor', 'at', 'from', 'state', '__proto__'),
      fc.string(),
    ),
    parameter,
    { maxKeys: 4 },
  ),
  { nil: undefined },
);
const headers = fc.record(
  {
    'content-type': fc.oneof(
      { weight: 4, arbitrary: fc.constant('application/json') },
      { weight: 1, arbitrary: fc.oneof(fc.constant('application/x-ndjson'), hostileText) },
    ),
    'if-match': fc.oneof(fc.constant('"3"'), hostileText),
    'if-none-match': fc.oneof(fc.constant('"3"'), hostileText),
    'idempotency-key': fc.oneof(fc.constant('k-1'), hostileText),
  },
  { requiredKeys: [] },
);
const body = fc.option(
  fc.oneof(
    hostileText,
    hostileVersionOf(operations.flatMap((operation) => samples[operation].body ?? []) as object[]),
    fc.constantFrom(
      '[',
      '{}',
      '[]',
      'null',
      '1e999',
      '{"__proto__":{}}',
      '['.repeat(50_000) + ']'.repeat(50_000),
    ),
  ),
  { nil: undefined },
);

const routeKeys = [
  ...operations.map((operation) => routeKeyOf(routeOf(operation))),
  '$default',
  '__proto__',
  '',
];

/** A request of anything at any route, a third of them beginning with one that is valid. */
const request: fc.Arbitrary<GatewayRequest> = fc
  .record({
    operation: fc.constantFrom(...operations),
    keepsSample: fc.integer({ min: 0, max: 2 }).map((one) => one === 0),
    routeKey: fc.constantFrom(...routeKeys),
    rawPath: fc.oneof(hostileText, fc.constantFrom('/api/leads', '/api/leads/l-1', '/api/', '/')),
    method: fc.oneof(fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'OPTIONS'), hostileText),
    authorizer,
    pathParameters: parameters,
    queryStringParameters: parameters,
    headers,
    body,
    isBase64Encoded: fc.option(fc.boolean(), { nil: undefined }),
    changed: fc.subarray([
      'authorizer',
      'pathParameters',
      'queryStringParameters',
      'headers',
      'body',
      'isBase64Encoded',
    ]),
  })
  .map(({ operation, keepsSample, routeKey, rawPath, method, authorizer, changed, ...parts }) => {
    const requestContext = { requestId: 'request-1', http: { method }, authorizer };
    if (!keepsSample) return { routeKey, rawPath, requestContext, ...parts };
    const sample = apiRequest(operation, samples[operation]);
    const given = { ...parts, requestContext: { ...sample.requestContext, authorizer } };
    const names = changed.map((name) =>
      name === 'authorizer' ? 'requestContext' : name,
    ) as (keyof typeof given)[];
    return { ...sample, ...Object.fromEntries(names.map((name) => [name, given[name]])) } as GatewayRequest;
  });

/** Returns whether a request has any credentials that open a route; written apart from the code that it judges. */
const couldBeAllowed = ({ requestContext, routeKey }: GatewayRequest): boolean => {
  const operation = operations.find((one) => routeKeyOf(routeOf(one)) === routeKey);
  if (operation === undefined) return false;
  const { jwt, iam } = requestContext.authorizer ?? {};
  if (jwt === undefined) return typeof iam?.userArn === 'string' && iam.userArn !== '';
  const text = JSON.stringify(jwt);
  return listScopes(routeOf(operation).role).some((allowed) => text.includes(allowed));
};

describe('a request of anything', () => {
  it('is answered by its handler only if it is valid, else refused with a problem document, and never fails', async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(request, fc.constantFrom(...apiServices), async (given, anyService) => {
        const operation = operations.find((one) => routeKeyOf(routeOf(one)) === given.routeKey);
        const service = operation === undefined ? anyService : routeOf(operation).service;
        let calls = 0;
        const answer = await handlerOf(service, async ({ operation: name, path, query, body }) => {
          calls++;
          reached.add(name);
          const route = routeOf(name);
          expect(name).toBe(operation);
          expect(couldBeAllowed(given)).toBe(true);
          // What is handed on was parsed by the schemas of the route.
          expect(
            Object.keys(query as object).every(
              (one) => one in (route.query as never as { shape: object }).shape,
            ),
          ).toBe(true);
          expect(Object.keys(path as object)).toEqual(
            Object.keys((route.pathParameters as never as { shape: object }).shape),
          );
          expect(body === undefined).toBe(route.body === undefined);
          return { body: {} };
        })(given);
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.statusCode < 300).toBe(calls === 1);
        if (calls === 0) {
          expect(problemDocument.safeParse(bodyOf(answer)).error).toBeUndefined();
          expect(bodyOf(answer).errors.length).toBeGreaterThan(0);
        }
      }),
      { ...seeded(), numRuns: 4_000 },
    );
    // The property would hold of a function that refuses everything.
    expect(reached.size).toBe(operations.length);
  });
});
