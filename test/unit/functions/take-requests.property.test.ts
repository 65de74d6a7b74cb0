import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { buildHandoffPathId, type OperationOf } from '../../../events/api/index.ts';
import { problemDocument } from '../../../events/api/problem-document.ts';
import { inboundContracts, parseInbound } from '../../../events/index.ts';
import { bodyOf } from '../../support/api-request.ts';
import { now } from '../../support/events.ts';
import { hostileText, hostileVersionOf } from '../../support/hostile.ts';
import { seeded } from '../../support/seed.ts';
import { createTakingWorld } from '../../support/taking-requests.ts';

const handoff = buildHandoffPathId('l-1', 'h-1');
const stage = { stage: 'sql', reason: 'x', dealId: 'd', occurredAt: '2026-03-01T09:00:00Z' };

/** The path and the body of a valid request of each operation. */
const valid = {
  getProof: ['l-1', undefined],
  stateStage: ['l-1', stage],
  overrideLead: ['l-1', { tier: 'good', hold: true, until: '2027-01-01T00:00:00Z', reason: 'x' }],
  liftOverride: ['l-1', undefined],
  mergeLead: ['l-1', { mergedLeadId: 'l-2' }],
  eraseLead: ['l-1', undefined],
  acceptHandoff: [handoff, { reason: 'x' }],
  rejectHandoff: [handoff, {}],
  putEvents: ['', [inboundContracts.LeadStageChanged.sampleEvent]],
} as const satisfies Record<OperationOf<'take-requests'>, readonly [id: string, body: unknown]>;
type Taking = keyof typeof valid;

/** Mostly what is usual, and sometimes anything else. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const otherId = fc.oneof(fc.constantFrom('l-2', 'l-9', buildHandoffPathId('l-2', 'h-1')), hostileText);

const toText = (body: unknown): string | undefined => (body === undefined ? undefined : JSON.stringify(body));
const otherBody = (body: unknown): fc.Arbitrary<string | undefined> =>
  fc.oneof(hostileVersionOf([body ?? {}, stage]), fc.constantFrom('{}', '[', '', undefined), hostileText);

const header = (name: string, given: fc.Arbitrary<string | undefined>) =>
  given.map((value): Record<string, string> => (value === undefined ? {} : { [name]: value }));
const headers = fc
  .tuple(
    header(
      'idempotency-key',
      mostly<string | undefined>('k-1', fc.oneof(fc.constant(undefined), hostileText)),
    ),
    header(
      'if-match',
      mostly<string | undefined>(undefined, fc.oneof(fc.constantFrom('"1"', '"2"', '*'), hostileText)),
    ),
    header(
      'content-type',
      mostly('application/json', fc.constantFrom('application/x-ndjson', 'text/html', '')),
    ),
  )
  .map((all): Record<string, string> => Object.assign({}, ...all));

const request = fc.constantFrom(...(Object.keys(valid) as Taking[])).chain((operation) => {
  const [id, body] = valid[operation];
  return fc.record({
    operation: fc.constant(operation),
    id: mostly<string>(id, otherId),
    body: mostly(toText(body), otherBody(body)),
    headers,
    role: mostly<'admin' | 'nobody' | 'viewer' | 'seller' | 'service'>(
      'admin',
      fc.constantFrom('nobody', 'viewer', 'seller', 'service'),
    ),
    queues: fc.constantFrom<string[][]>([], ['sales'], ['partners']),
  });
});

describe('any request', () => {
  it('is taken in or refused with a problem document, and leaves nothing behind if it is refused', async () => {
    const world = createTakingWorld();
    for (const leadId of ['l-1', 'l-2']) await world.addLead(leadId, { owner: 'jane@example.com' });
    await world.addHandoff('l-1');
    const trace = () => JSON.stringify([world.stored(), world.taken]);
    const seen = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(request, async ({ operation, id, ...props }) => {
        const before = trace();
        const answer = await world.send(operation, { path: id === '' ? {} : { id }, ...props });
        seen.set(answer.statusCode, (seen.get(answer.statusCode) ?? 0) + 1);
        if (answer.statusCode < 300) {
          expect(answers[operation].safeParse(bodyOf(answer)).success).toBe(true);
          for (const event of world.taken.splice(0)) expect(parseInbound(event, now).ok).toBe(true);
        } else {
          expect(answer.statusCode).toBeLessThan(500);
          expect(problemDocument.safeParse(bodyOf(answer)).success).toBe(true);
          expect(trace()).toBe(before);
        }
      }),
      seeded(),
    );
    for (const status of [200, 202, 400, 403, 422]) expect(seen.get(status)).toBeGreaterThan(0);
  });
});
