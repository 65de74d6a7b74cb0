import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../../../events/api/answers/index.ts';
import { takeRequests } from '../../../functions/take-requests/take-requests.ts';
import type { BucketReader } from '../../../shared/anchors/index.ts';
import { base64 } from '../../../shared/dynamodb/index.ts';
import { isEntrySortKey, stateKey } from '../../../shared/keys/index.ts';
import { type Anchor, anchorDigest } from '../../../shared/ledger/index.ts';
import { createDynamoDbRequests } from '../../../shared/requests/index.ts';
import { anchorRun } from '../../support/anchor-run.ts';
import { apiRequest, bodyOf } from '../../support/api-request.ts';
import { createScoringWorld, deliver, type ScoringWorld } from '../../support/deliveries.ts';
import { buildEntry, now } from '../../support/events.ts';
import { createMemoryBucket } from '../../support/memory-bucket.ts';
import type { memoryClient } from '../../support/memory-dynamodb.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';

const at = new Date(now - 3_600_000).toISOString();
const visit = (id: string) =>
  buildEntry({ type: 'LeadActivityRecorded', data: { leadId: 'l-1', activity: 'page_visited' }, id });

let world: ScoringWorld;
let client: ReturnType<typeof memoryClient>;
beforeEach(async () => {
  world = createScoringWorld();
  client = world.stores.client as typeof client;
  client.memory.addTable('requests', []);
  await deliver(world, visit('e-1'));
  await deliver(world, visit('e-2'));
});

const prove = async (anchors: BucketReader = createMemoryBucket(), id = 'l-1') => {
  const handle = takeRequests({
    client,
    leadsTable: 'leads',
    requests: createDynamoDbRequests({ client, table: 'requests', now: () => now }),
    bus: createRecordingBus([]),
    anchors,
    now: () => now,
    newId: () => 'id',
  });
  const answer = await handle(apiRequest('getProof', { role: 'viewer', path: { id } }));
  if (answer.statusCode === 200)
    expect(answers.getProof.safeParse(bodyOf(answer)).error?.issues).toBeUndefined();
  return answer;
};

const findItem = (isWanted: (sk: string) => boolean) => {
  const item = client.memory
    .items('leads')
    .find(({ pk, sk }) => pk?.S === 'LEAD#l-1' && isWanted(sk?.S ?? ''));
  if (item === undefined) throw new Error('there is no such item');
  return item;
};

const readHead = () =>
  base64(
    findItem((sk) => sk === stateKey('l-1').sk),
    'head',
  );
const anchored = (anchor: Partial<Anchor> = {}) =>
  createMemoryBucket(
    new Map(anchorRun(at, [{ lead: anchorDigest('l-1'), version: 2, head: readHead(), ...anchor }])),
  );

describe('the proof of a ledger', () => {
  it('is that its hash chain is whole, up to the head', async () => {
    expect(bodyOf(await prove())).toEqual({
      leadId: 'l-1',
      result: 'verified',
      asOf: new Date(now).toISOString(),
      entries: 2,
      head: readHead(),
      problems: [],
      anchor: null,
    });
  });

  it('says up to which version the last anchor covers it', async () => {
    expect(bodyOf(await prove(anchored()))).toMatchObject({
      result: 'verified',
      anchor: { at, covers: 2, isRead: true },
    });
  });

  it('says that the last anchor does not have the lead yet', async () => {
    expect(bodyOf(await prove(anchored({ lead: anchorDigest('l-2') })))).toMatchObject({
      result: 'verified',
      anchor: { at, covers: null, isRead: true },
    });
  });

  it('finds an entry that was changed, and says where the chain breaks', async () => {
    const { pk, sk } = findItem(isEntrySortKey);
    await client.send(
      new UpdateItemCommand({
        TableName: 'leads',
        Key: { pk, sk } as never,
        UpdateExpression: 'SET #source = :other',
        ExpressionAttributeNames: { '#source': 'source' },
        ExpressionAttributeValues: { ':other': { S: 'forged' } },
      }),
    );
    const proof = bodyOf(await prove());
    expect(proof.result).toBe('broken');
    expect(proof.problems).toEqual([
      expect.objectContaining({ code: expect.stringMatching(/^(broken-link|head-wrong)$/) }),
    ]);
    expect(JSON.stringify(proof)).not.toContain('EVENT#');
  });

  it('finds a ledger that is whole, but another one than was anchored', async () => {
    expect(bodyOf(await prove(anchored({ head: Buffer.alloc(32).toString('base64') })))).toMatchObject({
      result: 'broken',
      problems: [{ code: 'rewritten', version: 2 }],
    });
  });

  it('finds that a lead is gone that was anchored', async () => {
    const bucket = anchored();
    for (const { pk, sk } of client.memory.items('leads'))
      if (pk?.S === 'LEAD#l-1')
        await client.send(new DeleteItemCommand({ TableName: 'leads', Key: { pk, sk } as never }));
    expect(bodyOf(await prove(bucket))).toMatchObject({ result: 'broken', entries: 0, head: null });
  });

  it('does not trust an anchor that was changed', async () => {
    const run = anchorRun(at, [{ lead: anchorDigest('l-1'), version: 2, head: readHead() }]);
    const [[part] = ['']] = run;
    const proof = bodyOf(await prove(createMemoryBucket(new Map([...run, [part, '']]))));
    expect(proof).toMatchObject({
      result: 'broken',
      problems: [{ code: 'anchors-damaged' }],
      anchor: { covers: null, isRead: false },
    });
  });

  it('is not given if the anchors can not be read', async () => {
    const broken = () => Promise.reject(new Error('no network'));
    expect((await prove({ list: broken, read: broken })).statusCode).toBe(500);
  });

  it('is not there of a lead that nobody has heard of', async () => {
    expect((await prove(createMemoryBucket(), 'l-9')).statusCode).toBe(404);
  });
});
