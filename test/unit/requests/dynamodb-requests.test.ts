import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiLimits } from '../../../events/api/index.ts';
import { cursorSecretKey } from '../../../shared/keys/index.ts';
import { createDynamoDbRequests, type KeyedRequest, type Requests } from '../../../shared/requests/index.ts';
import { createClient, memoryClient } from '../../support/memory-dynamodb.ts';

const start = Date.parse('2026-06-01T00:00:00.000Z');
let time: number;
let client: ReturnType<typeof memoryClient>;
let requests: Requests;
const create = () => createDynamoDbRequests({ client, table: 'requests', now: () => time });
beforeEach(() => {
  time = start;
  client = memoryClient({ tables: { requests: [] } });
  requests = create();
});

const keyed: KeyedRequest = { callerId: 'person jane', key: 'k-1', fingerprint: 'a' };
const stored = () => client.memory.items('requests');
const note = async (given: KeyedRequest, version?: number, leadId = 'l-1') => {
  const found = await requests.find(given);
  if (found.kind === 'other') return found;
  const { eventId, occurredAt } = found;
  return requests.note({
    eventId,
    occurredAt,
    keyed: given,
    ...(version !== undefined && { seen: { leadId, version } }),
  });
};
/** Takes a version without a key. */
const take = (eventId: string, version = 3, leadId = 'l-1') =>
  requests.note({ eventId, occurredAt: new Date(time).toISOString(), seen: { leadId, version } });

describe('a request with a key', () => {
  it('is looked up without a trace', async () => {
    expect(await requests.find(keyed)).toMatchObject({
      kind: 'new',
      occurredAt: new Date(start).toISOString(),
    });
    expect(stored()).toEqual([]);
  });

  it('has the id and the instant of the first time for a day', async () => {
    const first = await note(keyed);
    time += apiLimits.requestMs - 1_000;
    expect(await requests.find(keyed)).toEqual({ ...first, kind: 'again' });
    expect(await note(keyed)).toEqual({ ...first, kind: 'again' });
    time += 3_000;
    // It is still stored: DynamoDB deletes what has expired only after some time.
    expect(stored()).toHaveLength(1);
    expect(await note(keyed)).toMatchObject({ kind: 'new', occurredAt: new Date(time).toISOString() });
    expect(await note({ ...keyed, fingerprint: 'b' })).toEqual({ kind: 'other' });
  });

  it('is noted anew if the first note expires at that moment', async () => {
    const first = await note(keyed);
    const end = start + apiLimits.requestMs;
    const times = [end - 1_000, end + 2_000];
    const slow = createDynamoDbRequests({
      client,
      table: 'requests',
      now: () => times.shift() ?? end + 2_000,
    });
    const occurredAt = new Date(end).toISOString();
    const eventId = 'eventId' in first ? first.eventId : '';
    expect(await slow.note({ eventId, occurredAt, keyed })).toEqual({ kind: 'new', eventId, occurredAt });
    expect(stored()[0]?.occurredAt?.S).toBe(occurredAt);
  });

  it('is distinguished from other requests with the key, and from those of other callers', async () => {
    await note(keyed);
    expect(await requests.find({ ...keyed, fingerprint: 'b' })).toEqual({ kind: 'other' });
    expect(await requests.find({ ...keyed, callerId: 'person joe' })).toMatchObject({ kind: 'new' });
    // The two texts are not simply joined.
    expect(await requests.find({ ...keyed, callerId: 'person jane"', key: 'k-1' })).toMatchObject({
      kind: 'new',
    });
  });

  it('makes another event than one that had the key before, even if both name one instant', async () => {
    const first = await note(keyed);
    time += apiLimits.requestMs + 2_000;
    const second = await note({ ...keyed, fingerprint: 'b' });
    expect([first.kind, second.kind]).toEqual(['new', 'new']);
    expect('eventId' in second && second.eventId).not.toBe('eventId' in first && first.eventId);
  });

  it('counts once if it is noted twice at once', async () => {
    const noted = await Promise.all([note(keyed), note(keyed), note(keyed)]);
    expect(noted.map(({ kind }) => kind).toSorted()).toEqual(['again', 'again', 'new']);
    expect(new Set(noted.map((each) => 'eventId' in each && each.eventId)).size).toBe(1);
  });

  it('counts first if another one is noted with the key at once, which then stores nothing', async () => {
    const noted = await Promise.all([note(keyed, 3, 'l-1'), note({ ...keyed, fingerprint: 'b' }, 3, 'l-2')]);
    expect(noted.map(({ kind }) => kind).toSorted()).toEqual(['new', 'other']);
    expect(stored()).toHaveLength(2);
    const free = noted[0]?.kind === 'new' ? 'l-2' : 'l-1';
    expect(await take('e-9', 3, free)).toMatchObject({ kind: 'new' });
  });
});

describe('a version', () => {
  it('is taken by one event, as often as that one is sent', async () => {
    expect(await take('e-1')).toMatchObject({ kind: 'new', eventId: 'e-1' });
    expect(await take('e-2')).toEqual({ kind: 'taken' });
    expect(await take('e-1')).toMatchObject({ kind: 'new' });
  });

  it('says nothing of other versions and of other leads', async () => {
    await take('e-1');
    expect(await take('e-2', 4)).toMatchObject({ kind: 'new' });
    expect(await take('e-3', 3, 'l-2')).toMatchObject({ kind: 'new' });
  });

  it('is free again after some minutes, also while it is still stored', async () => {
    await take('e-1');
    time += apiLimits.claimMs - 1_000;
    expect(await take('e-2')).toEqual({ kind: 'taken' });
    time += 3_000;
    expect(await take('e-2')).toMatchObject({ kind: 'new' });
    expect(await take('e-1')).toEqual({ kind: 'taken' });
  });

  it('that is taken keeps the request from being noted, so that its key stays free', async () => {
    await take('e-1');
    expect(await note(keyed, 3)).toEqual({ kind: 'taken' });
    expect(stored()).toHaveLength(1);
    expect(await note({ ...keyed, fingerprint: 'b' })).toMatchObject({ kind: 'new' });
  });

  it('is still that of a request that is sent again', async () => {
    expect(await note(keyed, 3)).toMatchObject({ kind: 'new' });
    expect(await note(keyed, 3)).toMatchObject({ kind: 'again' });
    time += apiLimits.claimMs + 2_000;
    await take('e-2');
    expect(await note(keyed, 3)).toEqual({ kind: 'taken' });
  });
});

describe('a request without key and version', () => {
  it('is not stored', async () => {
    const identity = { eventId: 'e-1', occurredAt: new Date(start).toISOString() };
    expect(await requests.note(identity)).toEqual({ kind: 'new', ...identity });
    expect(stored()).toEqual([]);
  });
});

describe('the secret of the cursors', () => {
  it('is made once, by whoever is first, and is the same for all', async () => {
    const secrets = await Promise.all([create(), create(), requests].map((each) => each.readCursorSecret()));
    expect(new Set(secrets.map((secret) => secret.toString('hex'))).size).toBe(1);
    expect(secrets[0]).toHaveLength(32);
    expect(stored()).toHaveLength(1);
    expect(stored()[0]?.expiresAt).toBeUndefined();
  });

  it('is read once by each function, and again if that failed', async () => {
    let reads = 0;
    const failing = createClient(async (command) => {
      reads++;
      if (reads === 1) throw new Error('throttled');
      return client.memory.execute(command);
    });
    requests = createDynamoDbRequests({ client: failing, table: 'requests', now: () => time });
    await expect(requests.readCursorSecret()).rejects.toThrow('throttled');
    await requests.readCursorSecret();
    const after = reads;
    await requests.readCursorSecret();
    expect(reads).toBe(after);
  });

  it('is missed with an error if its item has none, and not looked for without end', async () => {
    const { pk, sk } = cursorSecretKey;
    await client.send(new PutItemCommand({ TableName: 'requests', Item: { pk: { S: pk }, sk: { S: sk } } }));
    await expect(create().readCursorSecret()).rejects.toThrow('has no secret');
  });
});
