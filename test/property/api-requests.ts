import fc from 'fast-check';
import { expect } from 'vitest';
import { answers } from '../../events/api/answers/index.ts';
import { type Operation, operations, problemDocument, routeOf } from '../../events/api/index.ts';
import { inboundContracts, parseInbound } from '../../events/index.ts';
import type { GatewayRequest } from '../../shared/api/index.ts';
import { apiRequest } from '../support/api-request.ts';
import { type ApiWorld, openHandoff } from '../support/api-world.ts';
import { now } from '../support/events.ts';
import { hostileText, hostileVersionOf } from '../support/hostile.ts';

const ids = fc.constantFrom(
  'l-1',
  'l-2',
  'l-3',
  'l-4',
  'nobody',
  `${openHandoff.leadId}~${openHandoff.handoffId}`,
  'l-1~other',
  '0'.repeat(32),
  'a/b',
  '50%',
  'x?y=1',
);

const words = fc.constantFrom(
  ...['good', 'none', 'mql', 'customer', 'sales', 'open', 'all', 'accepted', 'unknown-type', 'judged'],
  ...[
    '1',
    '0',
    '50',
    '200',
    '201',
    '-1',
    '1e9',
    '2026-03-01',
    '2026-02-30',
    '2026-03-01T09:00:00Z',
    '9999-12-31T23:59:59Z',
  ],
  ...['jane@example.com', 'AAAA', ''],
);

const value = fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: hostileText });

/** The names of all parameters, which routes are asked with whether they know them or not. */
const parameterNames = [
  ...['tier', 'stage', 'lane', 'owner', 'limit', 'cursor', 'at', 'queue', 'state', 'due', 'from', 'to'],
  ...['code', 'lead', 'source', 'tiers', 'stuckDays', '__proto__', 'constructor'],
];

const query = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...parameterNames), value), {
    maxLength: 3,
    selector: ([name]) => name,
  })
  .map((entries) => Object.fromEntries(entries));

const bodies: readonly unknown[] = [
  {},
  { reason: 'no project' },
  { actor: 'someone@example.com' },
  { stage: 'sql', reason: 'called' },
  { stage: 'sql', occurredAt: '2026-03-01T09:00:00Z' },
  { mergedLeadId: 'l-1' },
  { force: true },
  { dryRun: true },
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

const body = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...bodies).map((each) => JSON.stringify(each)) },
  { weight: 3, arbitrary: hostileVersionOf(bodies) },
  { weight: 1, arbitrary: hostileText },
  { weight: 1, arbitrary: fc.constantFrom(undefined, '', '[', 'null', '1e999', '{"a":1}\n{"b":\n3') },
);

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'application/x-ndjson',
      'text/plain',
      '',
    ),
    'idempotency-key': fc.oneof(fc.constantFrom('k-1', 'k-2'), hostileText),
    'if-match': fc.constantFrom('"1"', '"2"', 'W/"3"', '*', '', '"999999999999999999"'),
    'if-none-match': fc.constantFrom('"1"', '"2"', '*'),
  },
  { requiredKeys: [] },
);

const role = fc.constantFrom('viewer', 'seller', 'admin', 'admin', 'service', 'nobody');

/** A request that may be right, or wrong in any part. */
export const anyRequest: fc.Arbitrary<{ readonly operation: Operation; readonly request: GatewayRequest }> =
  fc
    .record({
      operation: fc.constantFrom(...operations),
      id: fc.oneof({ weight: 5, arbitrary: ids }, { weight: 1, arbitrary: hostileText }),
      query: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: query }),
      body,
      headers,
      role,
      queues: fc.constantFrom([], ['sales'], ['other']),
      isBase64: fc.boolean(),
      hasBody: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ operation, id, body: given, headers: sent, isBase64, hasBody, ...props }) => {
      const { path, body: schema } = routeOf(operation);
      const hasId = path.includes('{id}');
      const text = schema !== undefined || hasBody === 0 ? given : undefined;
      const request = apiRequest(operation, {
        ...props,
        role: props.role as 'admin',
        ...(hasId && { path: { id } }),
        headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...sent },
      });
      if (text === undefined) return { operation, request };
      const encoded = isBase64 ? Buffer.from(text).toString('base64') : text;
      return { operation, request: { ...request, body: encoded, isBase64Encoded: isBase64 } };
    });

/**
 * Asks, and expects an answer that the contract allows; of a refused request nothing is stored or put on the bus.
 *
 * @returns the status
 */
export const expectContract = async (
  world: ApiWorld,
  { operation, request }: { operation: Operation; request: GatewayRequest },
): Promise<number> => {
  const before = world.stored();
  const takenBefore = world.taken.length;
  const answer = await world.ask(operation, request);
  expect(answer.statusCode, answer.body).toBeLessThan(500);
  if (answer.statusCode >= 400) {
    const parsed = problemDocument.safeParse(JSON.parse(answer.body));
    expect(parsed.error?.issues, answer.body).toBeUndefined();
    expect(world.taken).toHaveLength(takenBefore);
    expect(world.stored()).toBe(before);
    return answer.statusCode;
  }
  if (answer.statusCode === 304) return 304;
  const parsed = answers[operation].safeParse(JSON.parse(answer.body));
  expect(parsed.error?.issues, `${operation}: ${answer.body}`).toBeUndefined();
  for (const event of world.taken.slice(takenBefore)) expect(parseInbound(event, now).ok).toBe(true);
  return answer.statusCode;
};
