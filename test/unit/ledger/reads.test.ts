import { type AttributeValue, BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { decideAll } from '../../../shared/lead/index.ts';
import { createDynamoDbLedger, prepareCommit } from '../../../shared/ledger/index.ts';
import { buildSignal } from '../../support/events.ts';
import { successReady } from '../../support/models.ts';

type Item = Record<string, AttributeValue>;

const model = successReady();
const buildStateItem = (leadId: string): Item =>
  prepareCommit(
    decideAll(
      model,
      undefined,
      [buildSignal({ type: 'LeadActivityRecorded', data: { leadId, activity: 'page_visited' } })],
      0,
    ),
  ).items.state;

const dynamoDb = mockClient(DynamoDBClient);
const waits: number[] = [];
const ledger = createDynamoDbLedger({
  client: new DynamoDBClient({ region: 'eu-central-1' }),
  table: 'leads',
  wait: async (ms) => void waits.push(ms),
});

/** Answers a read as the table would, but processes only keys that `isProcessed` lets through. */
const serve = (isProcessed: (key: string, request: number) => boolean) => {
  let request = -1;
  dynamoDb.on(BatchGetItemCommand).callsFake((input) => {
    request++;
    const keys: Item[] = input.RequestItems.leads.Keys;
    const done = keys.filter(({ pk }) => isProcessed(pk?.S ?? '', request));
    const left = keys.filter((key) => !done.includes(key));
    return {
      Responses: { leads: done.map(({ pk }) => buildStateItem(pk?.S?.slice('LEAD#'.length) ?? '')) },
      ...(left.length > 0 && { UnprocessedKeys: { leads: { Keys: left } } }),
    };
  });
};
const requestSizes = () =>
  dynamoDb
    .commandCalls(BatchGetItemCommand)
    .map(({ args: [{ input }] }) => input.RequestItems?.leads?.Keys?.length);
const ids = (count: number) => Array.from({ length: count }, (_, i) => `l-${i}`);

beforeEach(() => {
  dynamoDb.reset();
  waits.length = 0;
});

describe('loading states', () => {
  it('reads consistently, in requests of at most 100 keys', async () => {
    serve(() => true);
    expect([...(await ledger.load(ids(205))).keys()]).toEqual(ids(205));
    expect(requestSizes()).toEqual([100, 100, 5]);
    for (const { args } of dynamoDb.commandCalls(BatchGetItemCommand))
      expect(args[0].input.RequestItems?.leads?.ConsistentRead).toBe(true);
  });

  it('reads again what was left unprocessed, and only that, after a wait', async () => {
    serve((key, request) => key !== 'LEAD#l-1' || request === 2);
    expect((await ledger.load(ids(3))).size).toBe(3);
    expect(requestSizes()).toEqual([3, 1, 1]);
    expect(waits).toHaveLength(2);
  });

  it('gives up after eight reads, and gives the number of keys left', async () => {
    serve((key) => key === 'LEAD#l-0');
    await expect(ledger.load(ids(3))).rejects.toMatchObject({
      code: 'UNPROCESSED_KEYS',
      message: '2 keys were still unprocessed after 8 reads: the table is throttled',
    });
    expect(requestSizes()).toHaveLength(8);
  });

  it('sends no request for no leads', async () => {
    expect((await ledger.load([])).size).toBe(0);
    expect(requestSizes()).toEqual([]);
  });
});
