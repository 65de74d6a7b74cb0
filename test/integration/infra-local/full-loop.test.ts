import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it, vi } from 'vitest';
import type { LocalStackProps } from '../../../infra/local/stack.ts';
import { publishItems, storeEvents } from './handlers.ts';
import { details, entry, run } from './run.ts';
import { getAtt, imported, lambda, mapping, queue, ref, rule } from './template.ts';

const resources = {
  Dead: queue(),
  Inbound: queue({ RedrivePolicy: { deadLetterTargetArn: getAtt('Dead', 'Arn'), maxReceiveCount: 3 } }),
  Announced: queue(),
  InboundRule: rule({ source: [{ 'anything-but': 'sluice' }] }, 'Inbound'),
  AnnouncedRule: rule({ source: ['sluice'] }, 'Announced'),
  Store: lambda('store', { Environment: { Variables: { TABLE: imported('Stateful:Table') } } }),
  Publish: lambda('publish', { Environment: { Variables: { BUS: imported('Stateful:Bus') } } }),
  StoreMapping: mapping('Store', getAtt('Inbound', 'Arn'), {
    BatchSize: 5,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  }),
  PublishMapping: mapping('Publish', imported('Stateful:Stream'), {
    BatchSize: 10,
    StartingPosition: 'LATEST',
    ParallelizationFactor: 2,
    FilterCriteria: {
      Filters: [
        { Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"sk":{"S":[{"prefix":"EVENT#"}]}}}}' },
      ],
    },
  }),
  Role: { Type: 'AWS::IAM::Role', Properties: { Name: ref('AWS::StackName') } },
};
const handlers = { store: storeEvents, publish: publishItems };
const start = (props: Partial<LocalStackProps> = {}) => run(resources, handlers, props);

const client = { region: 'eu-west-1', credentials: { accessKeyId: 'someone', secretAccessKey: 'else' } };

describe('the app on one machine', () => {
  it('takes an event from PutEvents through queue, table and stream to the bus again', async () => {
    const seen: string[] = [];
    const stack = await start({ onEvent: (event) => seen.push(event.source) });
    const bus = new EventBridgeClient({ ...client, endpoint: stack.endpoint });
    for (let batch = 0; batch < 5; batch += 1) {
      const Entries = Array.from({ length: 10 }, (_, index) => entry({ lead: index, number: batch }));
      expect((await bus.send(new PutEventsCommand({ Entries }))).FailedEntryCount).toBe(0);
    }
    await stack.idle();

    const database = new DynamoDBClient({ ...client, endpoint: stack.endpoint });
    const stored = await database.send(new ScanCommand({ TableName: stack.tables.Leads }));
    expect(stored.Count).toBe(50);
    const announced = details(stack, 'Announced');
    expect(announced).toHaveLength(50);
    expect(new Set(announced.map(({ eventID }) => eventID)).size).toBe(50);
    expect(seen.filter((source) => source === 'sluice')).toHaveLength(50);
    expect(stack.queues().Inbound).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(stack.counts().Store).toMatchObject({ errors: 0 });
  });

  it('sends a poison message to the dead letters after its receives, while the others pass', async () => {
    const stack = await start();
    stack.putEvents([1, 2, 3, 4, 5].map((lead) => entry({ lead, poison: lead === 3 })));
    await stack.idle();
    expect(details(stack, 'Dead')).toEqual([{ lead: 3, poison: true }]);
    expect(details(stack, 'Announced')).toHaveLength(4);
    expect(stack.counts().Store).toEqual({ invocations: 3, errors: 0 });
  });

  it('filters what its stream mapping hands over', async () => {
    const stack = await start();
    const database = new DynamoDBClient({ ...client, endpoint: stack.endpoint });
    for (const sk of ['STATE', 'EVENT#1', 'EVENT#1']) {
      await database.send(
        new PutItemCommand({ TableName: stack.tables.Leads, Item: { pk: { S: 'a' }, sk: { S: sk } } }),
      );
    }
    await stack.idle();
    expect(details(stack, 'Announced').map(({ keys }) => keys)).toEqual([
      { pk: { S: 'a' }, sk: { S: 'EVENT#1' } },
    ]);
  });

  it('hands over what functions print, line by line', async () => {
    const lines: string[] = [];
    const stack = await start({ onLog: (name, line) => lines.push(`${name} ${line}`) });
    stack.putEvents([entry({ lead: 1 })]);
    await stack.idle();
    await vi.waitFor(() => expect(lines).toEqual(['Store {"stored":1}']));
  });

  it('is idle at once when there is nothing to do, and each time again', async () => {
    const stack = await start();
    await stack.idle();
    for (let round = 1; round <= 5; round += 1) {
      stack.putEvents([entry({ lead: round })]);
      await stack.idle();
      expect(details(stack, 'Announced')).toHaveLength(round);
    }
  });

  it('leaves nothing behind when it is closed in the middle of its work', async () => {
    const stack = await start();
    for (let batch = 0; batch < 20; batch += 1) {
      stack.putEvents(Array.from({ length: 10 }, (_, lead) => entry({ lead, number: batch })));
    }
    await vi.waitFor(() => expect(stack.counts().Store?.invocations).toBeGreaterThan(0));
    await Promise.all([stack.close(), stack.close()]);
    await expect(fetch(stack.endpoint)).rejects.toThrow();
    await expect(stack.idle()).rejects.toMatchObject({ code: 'STACK_CLOSED' });
  });

  it('starts beside another one', async () => {
    const stacks = await Promise.all([start(), start()]);
    stacks[0].putEvents([entry({ lead: 1 })]);
    await Promise.all(stacks.map((stack) => stack.idle()));
    expect(stacks.map((stack) => details(stack, 'Announced').length)).toEqual([1, 0]);
  });
});

describe('an engine of somebody else', () => {
  it('is used, and left without our tables', async () => {
    const owner = await start();
    const guest = await start({ dynamodbEndpoint: owner.endpoint });
    guest.putEvents([entry({ lead: 1 })]);
    await guest.idle();
    expect(details(guest, 'Announced')).toHaveLength(1);
    expect(guest.tables.Leads).not.toBe(owner.tables.Leads);
    await guest.close();
    const database = new DynamoDBClient({ ...client, endpoint: owner.endpoint });
    await expect(database.send(new ScanCommand({ TableName: guest.tables.Leads }))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
    await owner.idle();
  });
});
