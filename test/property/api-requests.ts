import fc from 'fast-check';
import { expect } from 'vitest';
import type * as z from 'zod/mini';
import { answers } from '../../events/api/answers/index.ts';
import {
  apiLimits,
  countedFigures,
  type Operation,
  operations,
  problemDocument,
  routeOf,
} from '../../events/api/index.ts';
import { inboundContracts, parseInbound, rejectionCodes, stages, tiers } from '../../events/index.ts';
import type { GatewayRequest } from '../../shared/api/index.ts';
import { apiRequest, type RequestProps } from '../support/api-request.ts';
import type { ApiWorld } from '../support/api-world.ts';
import { now } from '../support/events.ts';
import { hostileText, hostileVersionOf } from '../support/hostile.ts';
import { smallDocument } from '../support/models.ts';
import { buildValidRequests } from '../support/valid-requests.ts';

const versions = fc.constantFrom(
  ...['small@1', 'small@2', 'small@9', 'success-ready@5', 'small', 'a@b@c', 'small%401', '__proto__@1', ''],
);

const ids = fc.constantFrom(
  ...['l-1', 'l-2', 'l-3', 'l-4', 'nobody', 'l-1~other', 'l-4~h-1', '0'.repeat(32), 'a/b', '50%', 'x?y=1'],
);

/** Stands for the cursor of the last page of the operation. */
const lastCursor = '(the last cursor)';

/** Values that fit a parameter, by its name. */
const fitting: ReadonlyMap<string, readonly string[]> = new Map([
  ['tier', [...tiers]],
  ['stage', [...stages]],
  ['lane', ['mid-tech', 'mid-trade']],
  ['owner', ['jane@example.com', 'Jane@Example.com ']],
  ['limit', ['1', '2', '200', '0']],
  ['cursor', [lastCursor, lastCursor, 'AAAA']],
  ['at', ['2026-03-01T09:00:00Z', '2020-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-03-01']],
  ['queue', ['sales', 'sales-priority', 'other']],
  ['state', ['open', 'accepted', 'discarded', 'all']],
  ['due', ['2026-03-01T09:00:00Z', '9999-12-31T23:59:59Z']],
  ['figure', [...countedFigures]],
  ['before', ['new', ...stages]],
  ['after', [...stages, 'left']],
  ['from', ['2026-02-20', '2020-01-01', '2026-02-30']],
  ['to', ['2026-03-01', '9999-12-31']],
  ['code', [...rejectionCodes]],
  ['lead', ['l-1', 'a b']],
  ['source', ['crm', 'marketing.web']],
  ['tiers', ['judged', 'recorded']],
  ['reason', ['a test', '']],
  ['stuckDays', ['1', '36500', '1e9']],
]);

/** The names of all parameters, which routes are asked with whether they know them or not, and others. */
const names = [...fitting.keys(), '__proto__', 'constructor'];

const ownNames = (operation: Operation): string[] =>
  Object.keys((routeOf(operation).query as z.ZodMiniObject).shape);

const parameter = (name: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(fitting.get(name) ?? [''])) },
    { weight: 1, arbitrary: fc.constantFrom('', '-1', 'none') },
    { weight: 1, arbitrary: hostileText },
  );

const buildQuery = (operation: Operation): fc.Arbitrary<Record<string, string>> => {
  const own = ownNames(operation);
  const known = own.length === 0 ? [] : [{ weight: 6, arbitrary: fc.constantFrom(...own) }];
  const entry = fc
    .oneof(...known, { weight: 1, arbitrary: fc.constantFrom(...names) })
    .chain((name) => fc.tuple(fc.constant(name), parameter(name)));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    {
      weight: own.length === 0 ? 1 : 3,
      arbitrary: fc
        .uniqueArray(entry, { minLength: 1, maxLength: 3, selector: ([name]) => name })
        .map(Object.fromEntries),
    },
  );
};

/** A text that is over the limit of most bodies. */
const large = `"${'x'.repeat(apiLimits.bodyBytes)}"`;

const bodies: readonly unknown[] = [
  {},
  { reason: 'no project' },
  { actor: 'someone@example.com' },
  { stage: 'sql', reason: 'called' },
  { stage: 'sql', occurredAt: '2026-03-01T09:00:00Z' },
  { mergedLeadId: 'l-1' },
  { force: true },
  { dryRun: true },
  { reason: 'a test', actions: 'none', expect: 'small@1' },
  { reason: 'a test', document: smallDocument() },
  { corrected: inboundContracts.LeadActivityRecorded.sampleEvent },
  {
    stage: 'mql',
    attributes: { employees: '600' },
    activities: { demo_requested: 2 },
    answers: { budget: 'yes' },
  },
  Object.values(inboundContracts).map(({ sampleEvent }) => sampleEvent),
  inboundContracts.LeadProfileUpdated.sampleEvent,
];

const buildBody = (valid: unknown): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(valid === undefined ? undefined : JSON.stringify(valid)) },
    { weight: 2, arbitrary: fc.constantFrom(...bodies).map((each) => JSON.stringify(each)) },
    { weight: 3, arbitrary: hostileVersionOf(valid === undefined ? bodies : [valid]) },
    { weight: 1, arbitrary: hostileVersionOf(bodies) },
    { weight: 1, arbitrary: hostileText },
    {
      weight: 1,
      arbitrary: fc.constantFrom(undefined, '', '[', 'null', '1e999', '{"a":1}\n{"b":\n3', large),
    },
  );

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      ...['application/json', 'application/json; charset=utf-8', 'application/x-ndjson', 'text/plain', ''],
    ),
    'idempotency-key': fc.oneof(fc.constantFrom('k-1', 'k-2', 'k-3'), hostileText),
    'if-match': fc.constantFrom('"1"', '"2"', 'W/"3"', '*', '', '"999999999999999999"'),
    'if-none-match': fc.constantFrom('"1"', '"2"', '"3"', '*'),
  },
  { requiredKeys: [] },
);

const role = fc.constantFrom('viewer', 'seller', 'admin', 'admin', 'admin', 'service', 'nobody');

interface GivenRequest {
  readonly operation: Operation;
  readonly request: GatewayRequest;
}

/** Returns the parameters of a path as they are in a valid request, or others. */
const pathOf = ({ path = {} }: RequestProps): fc.Arbitrary<Record<string, string>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(path).map(([name, value]) => [
        name,
        fc.oneof(
          { weight: 6, arbitrary: fc.constant(value) },
          { weight: 3, arbitrary: name === 'id' ? ids : versions },
          { weight: 1, arbitrary: hostileText },
        ),
      ]),
    ),
  );

const requestOf = (operation: Operation, valid: RequestProps): fc.Arbitrary<GivenRequest> =>
  fc
    .record({
      path: pathOf(valid),
      query: buildQuery(operation),
      body: buildBody(valid.body),
      headers: fc.oneof(
        { weight: 2, arbitrary: fc.constant<Record<string, string>>({}) },
        { weight: 1, arbitrary: headers },
      ),
      role,
      queues: fc.constantFrom([], ['sales'], ['other']),
      isBase64: fc.boolean(),
      hasBody: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ path, body, headers: sent, isBase64, hasBody, ...props }) => {
      const text = valid.body !== undefined || hasBody === 0 ? body : undefined;
      const request = apiRequest(operation, {
        ...props,
        role: props.role as 'admin',
        path,
        headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...sent },
      });
      if (text === undefined) return { operation, request };
      const encoded = isBase64 ? Buffer.from(text).toString('base64') : text;
      return { operation, request: { ...request, body: encoded, isBase64Encoded: isBase64 } };
    });

/** Returns requests that are right, or wrong in any part. */
export const anyRequest = ({ rejectedIds }: ApiWorld): fc.Arbitrary<GivenRequest> => {
  const worlds = rejectedIds.map(buildValidRequests);
  return fc.oneof(
    ...operations.flatMap((operation) => worlds.map((valid) => requestOf(operation, valid[operation]))),
  );
};

type Ask = (given: GivenRequest) => Promise<number>;

/**
 * Returns a function that asks, and expects an answer that the contract allows; of a refused request nothing is stored
 * or put on the bus. It returns the status.
 */
export const createAsk = (world: ApiWorld): Ask => {
  const cursors = new Map<Operation, string>();

  const withCursor = ({ operation, request }: GivenRequest): GatewayRequest => {
    const query = request.queryStringParameters ?? {};
    if (query.cursor !== lastCursor) return request;
    return {
      ...request,
      queryStringParameters: { ...query, cursor: cursors.get(operation) ?? 'AAAA' },
    };
  };

  return async (given) => {
    const { operation } = given;
    const request = withCursor(given);
    const before = world.stored();
    const takenBefore = world.taken.length;
    const answer = await world.ask(operation, request);
    expect(answer.statusCode, answer.body).toBeLessThan(500);
    if (answer.statusCode === 304) {
      expect(answer.body).toBe('');
      return 304;
    }
    const body = JSON.parse(answer.body);
    if (answer.statusCode >= 400) {
      expect(problemDocument.safeParse(body).error?.issues, answer.body).toBeUndefined();
      expect(world.taken).toHaveLength(takenBefore);
      expect(world.stored()).toBe(before);
      return answer.statusCode;
    }
    expect(answers[operation].safeParse(body).error?.issues, `${operation}: ${answer.body}`).toBeUndefined();
    // A rejected event may be put on the bus as it came, if somebody insists.
    if (operation !== 'replayQuarantined')
      for (const event of world.taken.slice(takenBefore)) expect(parseInbound(event, now).ok).toBe(true);
    if (typeof body.cursor === 'string') cursors.set(operation, body.cursor);
    return answer.statusCode;
  };
};

/** The statuses of a refusal that a request to the functions can meet. */
export const refusals = [400, 403, 404, 409, 410, 412, 413, 415, 422] as const;
