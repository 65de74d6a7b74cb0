import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { type Operation, operations, problemDocument, roles, routeOf } from '../../../events/api/index.ts';
import type { GatewayAnswer } from '../../../shared/api/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { type ApiWorld, createApiWorld, openHandoff } from '../../support/api-world.ts';
import { buildEntry } from '../../support/events.ts';

const lead = { path: { id: 'l-1' } };
const handoff = {
  path: { id: `${openHandoff.leadId}~${openHandoff.handoffId}` },
  queues: [openHandoff.queue],
};
const event = buildEntry({ type: 'LeadActivityRecorded', data: { leadId: 'l-1', activity: 'page_visited' } });

/** A request of each operation that succeeds, once the id of a rejected event is filled in. */
const requests: Readonly<Record<Operation, RequestProps>> = {
  listLeads: {},
  getLead: lead,
  getTimeline: lead,
  stateStage: { ...lead, body: { stage: 'sql' } },
  mergeLead: { ...lead, body: { mergedLeadId: 'l-2' } },
  eraseLead: lead,
  getFunnel: {},
  listHandoffs: {},
  acceptHandoff: { ...handoff, body: {} },
  rejectHandoff: { ...handoff, body: { reason: 'no project' } },
  putEvents: { body: [event] },
  scoreFacts: { body: { attributes: { employees: 600 } } },
  listQuarantine: {},
  replayQuarantined: { body: { corrected: event } },
  discardQuarantined: { body: { reason: 'a test' } },
  listModels: {},
  getReport: {},
};

let world: ApiWorld;
beforeEach(async () => {
  world = await createApiWorld();
});

const findQuarantined = async (): Promise<string> => {
  const { events } = bodyOf(await world.ask('listQuarantine', apiRequest('listQuarantine')));
  return events[0].id;
};

const ask = async (operation: Operation, props: RequestProps = {}): Promise<GatewayAnswer> => {
  const usual = requests[operation];
  const isQuarantined = operation === 'replayQuarantined' || operation === 'discardQuarantined';
  const path = isQuarantined ? { id: await findQuarantined() } : (usual.path ?? {});
  return world.ask(operation, apiRequest(operation, { ...usual, path, ...props }));
};

/** Expects a problem document, and that nothing is left of the request. */
const expectRefusal = async (work: () => Promise<GatewayAnswer>, status: number) => {
  const before = world.stored();
  const answer = await work();
  expect(answer.statusCode, answer.body).toBe(status);
  expect(problemDocument.safeParse(bodyOf(answer)).error?.issues).toBeUndefined();
  expect(world.stored()).toBe(before);
  expect(world.taken).toEqual([]);
  return bodyOf(answer);
};

describe.each(operations)('%s', (operation) => {
  const route = routeOf(operation);

  it('succeeds for the role that the table names', async () => {
    const answer = await ask(operation, { role: route.role });
    expect(answer.statusCode, answer.body).toBe(route.success);
    expect(answers[operation].safeParse(bodyOf(answer)).error?.issues).toBeUndefined();
  });

  it('succeeds for a service', async () => {
    expect((await ask(operation, { role: 'service' })).statusCode).toBe(route.success);
  });

  it('refuses who has no role', async () => {
    await expectRefusal(() => ask(operation, { role: 'nobody' }), 403);
  });

  it.each(roles.slice(0, roles.indexOf(route.role)))('refuses the role %s', async (role) => {
    const { errors } = await expectRefusal(() => ask(operation, { role }), 403);
    expect(errors[0].allowed).toContain(route.role);
  });

  it('refuses a parameter that it does not know, and says which', async () => {
    const { errors } = await expectRefusal(() => ask(operation, { query: { teir: 'good' } }), 400);
    expect(errors).toEqual([{ path: 'query.teir', given: '"good"', allowed: 'no such field here' }]);
  });

  it('refuses a body that is too large, or that it does not take', async () => {
    const body = `"${'x'.repeat(4 * 1024 * 1024)}"`;
    await expectRefusal(() => ask(operation, { body }), route.body === undefined ? 400 : 413);
  });

  it('refuses a body that is no JSON, or that it does not take', async () => {
    await expectRefusal(() => ask(operation, { body: '{"stage":' }), 400);
  });

  if (route.path.includes('{id}')) {
    it.each(['', 'a/b', '50%', 'x y', 'é'.repeat(200)])('refuses the id %j', async (id) => {
      const { errors } = await expectRefusal(() => ask(operation, { path: { id } }), 400);
      expect(errors[0].path).toBe('path.id');
    });
  }

  if (route.method !== 'GET' && operation !== 'scoreFacts') {
    it('answers alike if it is sent again with its idempotency key, and refuses the key with another body', async () => {
      const headers = { 'idempotency-key': 'key-1' };
      const request = apiRequest(operation, {
        ...requests[operation],
        ...(operation.endsWith('Quarantined') && { path: { id: await findQuarantined() } }),
        headers,
      });
      const first = await world.ask(operation, request);
      const taken = [...world.taken];
      const second = await world.ask(operation, request);
      expect(first.statusCode, first.body).toBe(route.success);
      expect(second.statusCode, second.body).toBe(route.success);
      // Put again, it is the same event: the ledger drops it.
      for (const again of world.taken.slice(taken.length)) expect(taken).toContainEqual(again);
    });
  }
});
