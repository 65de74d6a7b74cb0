import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { outboundContracts } from '../../../events/index.ts';
import { handOff } from '../../../functions/hand-off/hand-off.ts';
import { batchOf, failedIds } from '../../support/deliveries.ts';
import { entryOf, now } from '../../support/events.ts';

const dynamoDb = mockClient(DynamoDBClient);
const handle = handOff({
  client: new DynamoDBClient({ region: 'eu-central-1' }),
  table: 'leads',
  now: () => now,
});

const handoff = { kind: 'handoff', queue: 'sales', dueHours: 24 };
const asking = (
  data: object = {},
  contract: 'LeadTierChanged' | 'LeadStageTransitioned' = 'LeadTierChanged',
) => {
  const { sampleEntry } = outboundContracts[contract];
  return {
    ...sampleEntry,
    detail: { ...sampleEntry.detail, data: { ...sampleEntry.detail.data, action: handoff, ...data } },
  };
};
const verdict = (
  type: 'HandoffAccepted' | 'HandoffRejected',
  data: object = {},
  at = '2026-03-02T10:00:00.000Z',
) => entryOf({ type, data: { handoffId: 'h-1', actor: 'rep-1', ...data }, at });

const writes = () => dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input);
const keys = () => writes().map(({ Key }) => Key?.sk?.S);
const refused = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

const transactions = () =>
  dynamoDb.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input.TransactItems);
const requested = () => transactions().map((items) => items?.[1]?.Put?.Item?.sk?.S);
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

beforeEach(() => {
  dynamoDb.reset();
  dynamoDb.on(QueryCommand).resolves({ Items: [] });
});

describe('an announcement that asks for a hand-off', () => {
  it('requests it in one transaction with its place in the history, due so many hours after what happened', async () => {
    expect(failedIds(await handle(batchOf(asking({ version: 3, score: 81, tier: 'excellent' }))))).toEqual(
      [],
    );
    expect(transactions()).toMatchObject([
      [
        {
          Update: {
            TableName: 'leads',
            Key: { pk: { S: 'LEAD#l-1' }, sk: { S: 'HANDOFF' } },
            ConditionExpression: 'attribute_not_exists(#position) OR #position <= :position',
            ExpressionAttributeValues: { ':position': { S: '000000000003.000' } },
          },
        },
        {
          Put: {
            TableName: 'leads',
            ConditionExpression: 'attribute_not_exists(pk)',
            Item: {
              pk: { S: 'LEAD#l-1' },
              sk: { S: expect.stringMatching(/^HANDOFF#h-[0-9a-f]{24}$/) },
              status: { S: 'open' },
              queue: { S: 'sales' },
              dueAt: { S: '2026-03-02T09:00:00.000Z' },
              stage: { S: 'mql' },
              tier: { S: 'excellent' },
              score: { N: '81' },
            },
          },
        },
      ],
    ]);
  });

  it('has one id for all announcements of one entry, and for each time that it is delivered', async () => {
    await handle(batchOf(asking(), asking(), asking({}, 'LeadStageTransitioned')));
    expect(new Set(requested()).size).toBe(1);
  });

  it('has another at another place in the history, and of another lead', async () => {
    await handle(
      batchOf(
        asking({ version: 3 }),
        asking({ version: 4 }),
        asking({ ordinal: 1 }),
        asking({ leadId: 'l-2' }),
      ),
    );
    expect(new Set(requested()).size).toBe(4);
  });

  it('that comes after a later one does nothing more, and is done with', async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed', 'None'));
    expect(failedIds(await handle(batchOf(asking())))).toEqual([]);
    expect(dynamoDb.commandCalls(QueryCommand)).toEqual([]);
  });

  it('that was carried out already still withdraws what came before, as the first try may not have', async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    expect(failedIds(await handle(batchOf(asking())))).toEqual([]);
    expect(dynamoDb.commandCalls(QueryCommand)).toHaveLength(1);
  });

  it('comes again where another writer is in the way', async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'None'));
    expect(failedIds(await handle(batchOf(asking())))).toEqual(['m-0']);
  });

  it('requests nothing where it asks for something else', async () => {
    const others = [{ kind: 'none' }, { kind: 'nurture', track: 'x' }].map((action) => asking({ action }));
    expect(failedIds(await handle(batchOf(...others)))).toEqual([]);
    expect(transactions()).toEqual([]);
    expect(keys()).toEqual(['HANDOFF', 'HANDOFF']);
  });
});

describe('a verdict of sales', () => {
  it.each([
    ['HandoffAccepted', 'accepted'],
    ['HandoffRejected', 'rejected'],
  ] as const)(
    '%s is noted, also where its request is not there yet, unless a later one is',
    async (type, status) => {
      expect(failedIds(await handle(batchOf(verdict(type, { reason: 'No project' }))))).toEqual([]);
      expect(writes()).toMatchObject([
        {
          Key: { pk: { S: 'LEAD#l-1' }, sk: { S: 'HANDOFF#h-1' } },
          ConditionExpression: 'attribute_not_exists(#answeredAt) OR #answeredAt < :answeredAt',
          ExpressionAttributeValues: {
            ':status': { S: status },
            ':answeredAt': { S: '2026-03-02T10:00:00.000Z' },
            ':actor': { S: 'rep-1' },
            ':reason': { S: 'No project' },
          },
        },
      ]);
    },
  );

  it('on a hand-off that was made elsewhere is noted under its own id', async () => {
    await handle(batchOf(verdict('HandoffAccepted', { handoffId: 'crm-ho-1042' })));
    expect(keys()).toEqual(['HANDOFF#crm-ho-1042']);
  });

  it('without a reason notes none', async () => {
    await handle(batchOf(verdict('HandoffAccepted')));
    expect(writes()[0]?.ExpressionAttributeValues).not.toHaveProperty(':reason');
  });

  it('that is older than what is noted does nothing, and is done with', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(refused());
    expect(failedIds(await handle(batchOf(verdict('HandoffRejected'))))).toEqual([]);
  });

  it('that is malformed is left to score-leads, which quarantines it', async () => {
    expect(failedIds(await handle(batchOf(verdict('HandoffAccepted', { actor: '' }))))).toEqual([]);
    expect(writes()).toEqual([]);
  });

  it('that is ahead of time comes again, since score-leads may look later and record it', async () => {
    const early = verdict('HandoffAccepted', {}, '2026-06-01T00:05:00.001Z');
    expect(failedIds(await handle(batchOf(early)))).toEqual(['m-0']);
    expect(writes()).toEqual([]);
  });
});

describe('a record that fails', () => {
  it.each([
    ['an announcement that breaks its contract', asking({ score: 101 })],
    ['an announcement after which there is nothing to do', outboundContracts.NurtureStarted.sampleEntry],
    ['text that is not JSON', 'hello'],
  ])('fails alone: %s', async (_what, broken) => {
    expect(failedIds(await handle(batchOf(asking(), broken, verdict('HandoffAccepted'))))).toEqual(['m-1']);
    expect(requested()).toHaveLength(1);
    expect(keys()).toEqual(['HANDOFF#h-1']);
  });

  it('fails alone when the table does not take it', async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejectsOnce(new Error('throttled')).resolves({});
    expect(failedIds(await handle(batchOf(asking(), verdict('HandoffAccepted'))))).toEqual(['m-0']);
  });
});
