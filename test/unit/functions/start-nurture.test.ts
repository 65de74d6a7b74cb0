import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { actionContracts, type Contract, outboundContracts } from '../../../events/index.ts';
import { startNurture } from '../../../functions/start-nurture/start-nurture.ts';
import { batchOf, failedIds } from '../../support/deliveries.ts';

const dynamoDb = mockClient(DynamoDBClient);
const handle = startNurture({ client: new DynamoDBClient({ region: 'eu-central-1' }), table: 'leads' });

const { sampleEntry } = outboundContracts.LeadTierChanged;
const changed = (data: object) => ({
  ...sampleEntry,
  detail: { ...sampleEntry.detail, data: { ...sampleEntry.detail.data, ...data } },
});
const nurture = (track: string, more: object = {}) =>
  changed({ action: { kind: 'nurture', track }, ...more });

const writes = () => dynamoDb.commandCalls(UpdateItemCommand).map(({ args: [{ input }] }) => input);
const stale = () =>
  new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });

beforeEach(() => {
  dynamoDb.reset();
});

describe('an announcement that asks for nurture', () => {
  it('puts the lead on the track, with the place in its history, if that is later than what is kept', async () => {
    expect(failedIds(await handle(batchOf(nurture('mql-nurture', { version: 7, ordinal: 2 }))))).toEqual([]);
    const [write] = writes();
    expect(write).toMatchObject({
      TableName: 'leads',
      Key: { pk: { S: 'LEAD#l-1' }, sk: { S: 'NURTURE' } },
      ConditionExpression: 'attribute_not_exists(#position) OR #position < :position',
      ExpressionAttributeNames: { '#position': 'position', '#track': 'track' },
      ExpressionAttributeValues: {
        ':track': { S: 'mql-nurture' },
        ':position': { S: '000000000007.002' },
        ':version': { N: '7' },
        ':ordinal': { N: '2' },
        ':occurredAt': { S: '2026-03-01T09:00:00.000Z' },
        ':causationId': { S: sampleEntry.detail.metadata.eventId },
        ':correlationId': { S: 'a-1' },
      },
    });
    expect(write?.UpdateExpression).toContain('#track = :track');
    expect(write?.UpdateExpression).not.toContain('REMOVE');
  });

  it('uses every value that it gives: DynamoDB refuses the others', async () => {
    await handle(batchOf(nurture('x'), changed({ action: { kind: 'none' } })));
    for (const input of writes()) {
      const text = `${input.UpdateExpression} ${input.ConditionExpression}`;
      const given = [
        ...Object.keys(input.ExpressionAttributeNames ?? {}),
        ...Object.keys(input.ExpressionAttributeValues ?? {}),
      ];
      expect(given.filter((name) => !new RegExp(`${name}\\b`).test(text))).toEqual([]);
    }
  });

  it.each(actionContracts.map((contract) => [contract.detailType, contract as Contract] as const))(
    'is followed whichever announcement it is: %s',
    async (_type, contract) => {
      expect(failedIds(await handle(batchOf(contract.sampleEntry)))).toEqual([]);
      expect(writes()).toHaveLength(1);
    },
  );
});

describe('an announcement that asks for anything else', () => {
  it.each([
    ['nothing', { kind: 'none' }],
    ['a hand-off', { kind: 'handoff', queue: 'sales', dueHours: 24 }],
  ])('such as %s takes the lead off its track', async (_what, action) => {
    await handle(batchOf(changed({ action })));
    const [write] = writes();
    expect(write?.UpdateExpression).toMatch(/ REMOVE #track$/);
    expect(write?.ExpressionAttributeValues).not.toHaveProperty(':track');
  });
});

describe('an announcement that is stale or came before', () => {
  it('does nothing, and is done with', async () => {
    dynamoDb.on(UpdateItemCommand).rejects(stale());
    expect(failedIds(await handle(batchOf(nurture('a'))))).toEqual([]);
  });
});

describe('a record that fails', () => {
  it.each([
    ['an announcement that breaks its contract', changed({ to: 'splendid' })],
    ['an event that is no announcement of ours', { 'detail-type': 'LeadStageChanged', detail: {} }],
    ['text that is not JSON', 'hello'],
    ['null', 'null'],
  ])('fails alone: %s', async (_what, broken) => {
    expect(failedIds(await handle(batchOf(nurture('a'), broken, nurture('b'))))).toEqual(['m-1']);
    expect(writes()).toHaveLength(2);
  });

  it('fails alone when the table does not take it', async () => {
    dynamoDb.on(UpdateItemCommand).resolvesOnce({}).rejectsOnce(new Error('throttled')).resolves({});
    expect(failedIds(await handle(batchOf(nurture('a'), nurture('b'), nurture('c'))))).toEqual(['m-1']);
  });
});
