import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { apiLimits } from '../../../events/api/index.ts';
import type { RejectionCode } from '../../../events/index.ts';
import type { HealthDeps } from '../../../functions/manage-quarantine/deps.ts';
import { manageQuarantine } from '../../../functions/manage-quarantine/manage-quarantine.ts';
import { type Item, S } from '../../../shared/dynamodb/index.ts';
import { buildDueKey, clockKey, stateKey } from '../../../shared/keys/index.ts';
import { createDynamoDbQuarantine } from '../../../shared/quarantine/index.ts';
import { createDynamoDbRequests } from '../../../shared/requests/index.ts';
import { createSourceNotes } from '../../../shared/source-status/index.ts';
import { anchorRun } from '../../support/anchor-run.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { createHealthDeps } from '../../support/health-deps.ts';
import { createMemoryBucket } from '../../support/memory-bucket.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';
import { indexes } from '../../support/tables.ts';

const now = Date.parse('2026-03-10T09:30:00.000Z');
const hours = (count: number) => count * 3_600_000;
const iso = (at: number) => new Date(at).toISOString();

let client: ReturnType<typeof memoryClient>;
beforeEach(() => {
  client = memoryClient({ tables: indexes });
});

const readHealth = async (given: Partial<HealthDeps> = {}) => {
  const handle = manageQuarantine({
    quarantine: { readPage: fail, read: fail, note: fail },
    requests: createDynamoDbRequests({ client, table: 'requests', now: () => now }),
    bus: createRecordingBus([]),
    health: createHealthDeps(client, given),
    now: () => now,
  });
  const answer = await handle(apiRequest('getHealth', { role: 'admin' }));
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answers.getHealth.safeParse(bodyOf(answer)).error?.issues).toBeUndefined();
  return bodyOf(answer);
};

const fail = (): Promise<never> => Promise.reject(new Error('no network'));

const put = (Item: Item) => client.send(new PutItemCommand({ TableName: 'leads', Item }));

const putDue = (leadId: string, dueAt: number) => {
  const { pk, sk } = stateKey(leadId);
  const dueKey = buildDueKey(pk, dueAt, dueAt);
  return put({ pk: S(pk), sk: S(sk), dueKey: S(dueKey), dueAt: S(iso(dueAt)) });
};

const putDoneHour = (at: number) => put({ pk: S(clockKey.pk), sk: S(clockKey.sk), doneHour: S(iso(at)) });

const reject = (body: string, code: RejectionCode) =>
  createDynamoDbQuarantine(client, 'quarantine').store({
    body,
    rejection: { code, problems: [] },
    origin: 'a queue',
    receivedAt: iso(now),
  });

describe('the health of a deployment', () => {
  it('is calm where nothing has happened, and says that nothing is known of the clock', async () => {
    expect(await readHealth()).toEqual({
      asOf: iso(now),
      clock: { doneUntil: null, due: 0, more: true, waitingSince: null, lagSeconds: 0 },
      quarantine: { open: 0, codes: {}, more: false },
      deadLetters: [{ queue: 'ScoreLeadsDeadLetters', of: 'ScoreLeads', kind: 'dead-letters', messages: 0 }],
      sources: [
        {
          source: 'shop',
          kind: 'generic',
          lastReceivedAt: null,
          lastTakenAt: null,
          requests: 0,
          accepted: 0,
          refused: [],
          silent: false,
        },
      ],
      deliveries: [expect.objectContaining({ subscription: 'crm', state: 'sending', waiting: 0 })],
      anchors: { last: null, verification: null },
      rescoring: null,
    });
  });

  it('has null for what can not be read, and the rest all the same', async () => {
    const health = await readHealth({
      clock: { progress: { load: fail }, readDueItems: async function* none() {} },
      countOpen: fail,
      countMessages: fail,
      readSources: fail,
      anchors: { list: fail, read: fail },
      readRescoring: fail,
    });
    expect(health).toMatchObject({
      clock: null,
      quarantine: null,
      deadLetters: [{ messages: null }],
      sources: null,
      deliveries: [{ subscription: 'crm' }],
      anchors: null,
      rescoring: null,
    });
  });

  it('has no sources and deliveries if a deployment has none, which is not the same as unknown', async () => {
    expect(await readHealth({ documents: {} })).toMatchObject({ sources: [], deliveries: [] });
  });

  it('says how long the one that waits longest has waited for the clock, and counts none to come', async () => {
    await putDoneHour(now - hours(4.5));
    await putDue('l-1', now - hours(2));
    await putDue('l-2', now - 60_000);
    await putDue('l-3', now + 60_000);
    expect((await readHealth()).clock).toEqual({
      doneUntil: iso(now - hours(3.5)),
      due: 2,
      more: false,
      waitingSince: iso(now - hours(2)),
      lagSeconds: 7_200,
    });
  });

  it('counts what waits for the clock up to a bound, and says that there may be more', async () => {
    await putDoneHour(now - hours(2.5));
    for (let i = 0; i <= apiLimits.healthItems; i++) await putDue(`l-${i}`, now - hours(1));
    expect((await readHealth()).clock).toMatchObject({ due: apiLimits.healthItems, more: true });
  });

  it('counts open rejected events by code', async () => {
    await reject('{', 'malformed');
    await reject('[', 'malformed');
    await reject('{"detail-type":"x"}', 'unknown-type');
    expect((await readHealth()).quarantine).toEqual({
      open: 3,
      codes: { malformed: 2, 'unknown-type': 1 },
      more: false,
    });
  });

  it('counts messages that are looked at just now as well, and names the part that they are of', async () => {
    const { deadLetters } = await readHealth({
      listQueues: () => ({ AnchorHeadsMissedRuns: 'a', HandOffUndeliverable: 'b', UnreadableEvents: 'c' }),
      countMessages: async (queue) => ({ waiting: queue === 'b' ? 2 : 0, inFlight: queue === 'b' ? 1 : 0 }),
    });
    expect(deadLetters).toEqual([
      { queue: 'AnchorHeadsMissedRuns', of: 'AnchorHeads', kind: 'missed-runs', messages: 0 },
      { queue: 'HandOffUndeliverable', of: 'HandOff', kind: 'undeliverable', messages: 3 },
      { queue: 'UnreadableEvents', of: 'Bus', kind: 'unreadable', messages: 0 },
    ]);
  });

  it('says of each source what was taken in and refused, and whether it is silent', async () => {
    let at = now - hours(30);
    const notes = createSourceNotes({ client, table: 'requests', now: () => at });
    await notes.note({ source: 'shop' });
    at = now - hours(1);
    await notes.note({ source: 'shop', refused: { reason: 'wrong-signature', allowed: 'a valid one' } });
    await notes.note({ source: 'gone' });
    expect((await readHealth()).sources).toEqual([
      {
        source: 'gone',
        kind: null,
        lastReceivedAt: iso(at),
        lastTakenAt: iso(at),
        requests: 1,
        accepted: 1,
        refused: [],
        silent: null,
      },
      {
        source: 'shop',
        kind: 'generic',
        lastReceivedAt: iso(at),
        lastTakenAt: iso(now - hours(30)),
        requests: 2,
        accepted: 1,
        refused: [{ reason: 'wrong-signature', count: 1, lastAt: iso(at) }],
        silent: true,
      },
    ]);
  });

  it('has the last run of anchors, verified', async () => {
    const objects = new Map([
      ...anchorRun(iso(now - hours(30)), []),
      ...anchorRun(iso(now - hours(6)), [{ lead: 'a', version: 1, head: 'h' }]),
    ]);
    expect((await readHealth({ anchors: createMemoryBucket(objects) })).anchors).toEqual({
      last: { at: iso(now - hours(6)), leads: 1, parts: 1 },
      verification: { result: 'verified', manifests: 1, parts: 1, problems: [] },
    });
  });

  it('says that an anchor was changed', async () => {
    const run = anchorRun(iso(now - hours(6)), [{ lead: 'a', version: 1, head: 'h' }]);
    const [[part] = ['']] = run;
    const objects = new Map([...run, [part, 'something else']]);
    const { verification } = (await readHealth({ anchors: createMemoryBucket(objects) })).anchors;
    expect(verification).toMatchObject({
      result: 'broken',
      problems: [`${part} differs from the digest in its manifest`],
    });
  });

  it('does not take an anchor of a time to come for the last one', async () => {
    const objects = new Map([...anchorRun(iso(now - hours(6)), []), ...anchorRun(iso(now + hours(6)), [])]);
    const { last } = (await readHealth({ anchors: createMemoryBucket(objects) })).anchors;
    expect(last.at).toBe(iso(now - hours(6)));
  });
});
