import {
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { entrySortKey } from '../../../shared/keys/index.ts';
import { decideAll, type SignalEvent } from '../../../shared/lead/index.ts';
import {
  buildContent,
  buildWrites,
  createDynamoDbLedger,
  prepareCommit,
  readCancellation,
} from '../../../shared/ledger/index.ts';
import { buildSignal } from '../../support/events.ts';
import { successReady } from '../../support/models.ts';
import { storedAfter } from '../../support/stored.ts';

const model = successReady();
const visit = (id: string): SignalEvent =>
  buildSignal({ type: 'LeadActivityRecorded', data: { activity: 'page_visited' }, id });
const [first, second] = [visit('e-1'), visit('e-2')];
const commit = prepareCommit(decideAll(model, undefined, [first, second], 0));
const storedItem = (event: SignalEvent) => {
  const [item] = prepareCommit(decideAll(model, undefined, [event], 0)).items.entries;
  if (item === undefined) throw new Error('a commit of one event has one entry');
  return item;
};

const none = { Code: 'None' };
const conditionFailed = { Code: 'ConditionalCheckFailed' };
const exists = (event: SignalEvent) => ({ ...conditionFailed, Item: storedItem(event) });

describe('the reasons of a cancelled transaction', () => {
  it('give the entries that the ledger already has, with their content', () => {
    expect(readCancellation([none, none, exists(second)])).toEqual({
      kind: 'present',
      entries: new Map([[entrySortKey(second), buildContent(second)]]),
    });
  });

  it('give these before a conflict: entries that are present would only fail again', () => {
    expect(readCancellation([conditionFailed, exists(first), { Code: 'TransactionConflict' }])).toMatchObject(
      { kind: 'present' },
    );
  });

  it('are a conflict if the condition of a state failed: another writer was first, on either lead of a merge', () => {
    expect(readCancellation([conditionFailed, none, none])).toEqual({ kind: 'conflict' });
    expect(readCancellation([none, none, conditionFailed, none])).toEqual({ kind: 'conflict' });
  });

  it.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'])(
    'are a temporary conflict if one is %s',
    (Code) => {
      expect(readCancellation([none, none, { Code }])).toEqual({ kind: 'conflict' });
      expect(readCancellation([{ Code }, none, none])).toEqual({ kind: 'conflict' });
    },
  );

  it.each([
    ['a validation error', [none, { Code: 'ValidationError' }]],
    ['a denied access', [{ Code: 'AccessDenied' }, none]],
    ['no reason at all', []],
  ])('mean nothing that a retry could fix if there is %s', (_what, reasons) => {
    expect(readCancellation(reasons)).toBeUndefined();
  });
});

describe('appending to DynamoDB', () => {
  const dynamoDb = mockClient(DynamoDBClient);
  const ledger = createDynamoDbLedger({
    client: new DynamoDBClient({ region: 'eu-central-1' }),
    table: 'leads',
  });
  const cancelWith = (CancellationReasons: { Code: string }[]) =>
    dynamoDb
      .on(TransactWriteItemsCommand)
      .rejects(
        new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons }),
      );
  beforeEach(() => dynamoDb.reset());

  it('writes the state first, if it has its version, then each entry, if it is absent', async () => {
    expect(await ledger.append(commit)).toEqual({ kind: 'appended', head: commit.head });
    const [call] = dynamoDb.commandCalls(TransactWriteItemsCommand);
    expect(call?.args[0].input.TransactItems).toEqual(buildWrites('leads', commit));
    expect(
      buildWrites('leads', commit).map(({ Put }) => [Put?.Item?.sk?.S, Put?.ConditionExpression]),
    ).toEqual([
      ['STATE', 'attribute_not_exists(pk)'],
      [entrySortKey(first), 'attribute_not_exists(pk)'],
      [entrySortKey(second), 'attribute_not_exists(pk)'],
    ]);
    const next = prepareCommit(decideAll(model, storedAfter(commit), [visit('e-3')], 0));
    expect(buildWrites('leads', next)[0]?.Put).toMatchObject({
      ConditionExpression: '#version = :basedOn',
      ExpressionAttributeValues: { ':basedOn': { N: '1' } },
    });
  });

  it('answers a conflict as a value', async () => {
    cancelWith([{ Code: 'None' }, { Code: 'TransactionConflict' }, { Code: 'None' }]);
    expect(await ledger.append(commit)).toEqual({ kind: 'conflict' });
  });

  it('throws the error if the cancellation is of a kind that no retry fixes', async () => {
    cancelWith([{ Code: 'ValidationError' }, { Code: 'None' }, { Code: 'None' }]);
    await expect(ledger.append(commit)).rejects.toThrow(TransactionCanceledException);
  });

  it('throws an error that is no cancellation', async () => {
    dynamoDb.on(TransactWriteItemsCommand).rejects(new Error('no network'));
    await expect(ledger.append(commit)).rejects.toThrow('no network');
  });
});
