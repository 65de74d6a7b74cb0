import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { type Operation, operations, problemDocument, roles, routeOf } from '../../../events/api/index.ts';
import type { GatewayAnswer } from '../../../shared/api/index.ts';
import { apiRequest, bodyOf, type RequestProps } from '../../support/api-request.ts';
import { type ApiWorld, createApiWorld } from '../../support/api-world.ts';
import { buildEntry, now } from '../../support/events.ts';
import { smallDocument } from '../../support/models.ts';
import { buildValidRequests } from '../../support/valid-requests.ts';

let world: ApiWorld;
let at: number;
beforeEach(async () => {
  at = now;
  world = await createApiWorld(() => at);
});

const ask = (operation: Operation, props: RequestProps = {}): Promise<GatewayAnswer> => {
  const valid = buildValidRequests(world.rejectedIds[0]);
  return world.ask(operation, apiRequest(operation, { ...valid[operation], ...props }));
};

/** Returns how another request of each operation that writes differs from the valid one. */
const otherRequests = ({ rejectedIds }: ApiWorld): Partial<Readonly<Record<Operation, RequestProps>>> => ({
  stateStage: { body: { stage: 'customer' } },
  overrideLead: { body: { tier: 'risky', until: '2030-01-01T00:00:00Z', reason: 'another' } },
  liftOverride: { path: { id: 'l-2' } },
  mergeLead: { path: { id: 'l-2' }, body: { mergedLeadId: 'l-1' } },
  eraseLead: { path: { id: 'l-2' } },
  acceptHandoff: { body: { reason: 'another' } },
  rejectHandoff: { body: { reason: 'another' } },
  putEvents: {
    body: [buildEntry({ type: 'LeadActivityRecorded', data: { leadId: 'l-2', activity: 'page_visited' } })],
  },
  replayQuarantined: { body: { force: true } },
  discardQuarantined: { path: { id: rejectedIds[1] } },
  publishModel: { body: { document: { ...smallDocument(), version: 'newer' }, reason: 'a test' } },
  activateModel: { body: { reason: 'another' } },
  rollBackModel: { body: { reason: 'another' } },
  shadowModel: { body: { reason: 'another' } },
  endShadow: { query: { reason: 'another' } },
});

/** The writes of which there is no other request: they take nothing. */
const alike: readonly Operation[] = ['pauseRescoring', 'resumeRescoring'];

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
    const { query } = buildValidRequests(world.rejectedIds[0])[operation];
    const { errors } = await expectRefusal(() => ask(operation, { query: { ...query, teir: 'good' } }), 400);
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

  if (route.path.includes('{version}')) {
    it.each(['', 'small', 'small@', '@1', 'a b@1', 'small@1@2', 'small@1/2', `${'a'.repeat(65)}@1`])(
      'refuses the version %j',
      async (version) => {
        const valid = buildValidRequests(world.rejectedIds[0])[operation].path;
        const { errors } = await expectRefusal(() => ask(operation, { path: { ...valid, version } }), 400);
        expect(errors[0].path).toBe('path.version');
      },
    );
  }

  if (route.method !== 'GET' && operation !== 'scoreFacts') {
    const headers = { 'idempotency-key': 'key-1' };

    it('answers alike if it is sent again with its idempotency key', async () => {
      const first = await ask(operation, { headers });
      const taken = [...world.taken];
      // Only what was noted has the instant of the first time.
      at += 60_000;
      const second = await ask(operation, { headers });
      expect(first.statusCode, first.body).toBe(route.success);
      expect(second.statusCode, second.body).toBe(route.success);
      const known = operation === 'replayQuarantined' ? { outcome: expect.stringMatching(/^replayed/) } : {};
      expect(bodyOf(second)).toEqual({ ...bodyOf(first), ...known });
      // Put again, it is the same event: the ledger drops it.
      for (const again of world.taken.slice(taken.length)) expect(taken).toContainEqual(again);
    });

    it.skipIf(alike.includes(operation))('refuses its idempotency key with another request', async () => {
      const first = await ask(operation, { headers });
      expect(first.statusCode, first.body).toBe(route.success);
      const before = world.stored();
      const taken = [...world.taken];
      const other = await ask(operation, { headers, ...otherRequests(world)[operation] });
      expect(other.statusCode, other.body).toBe(422);
      expect(bodyOf(other).errors).toEqual([
        { path: 'idempotency-key', given: '"key-1"', allowed: expect.stringContaining('key') },
      ]);
      expect(world.stored()).toBe(before);
      expect(world.taken).toEqual(taken);
    });
  }
});
