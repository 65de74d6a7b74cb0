import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetterQueue, FailedRecords } from '../../../cli/dlq/failure-sources.ts';
import { redriveFailedRecords } from '../../../cli/dlq/redrive-failed-records.ts';
import { redriveQueue } from '../../../cli/dlq/redrive-queue.ts';

const notes: string[] = [];
const props = { limit: Number.POSITIVE_INFINITY, waitMs: 0, note: (text: string) => void notes.push(text) };
beforeEach(() => {
  notes.length = 0;
});

describe('redriving a dead-letter queue', () => {
  const queue: DeadLetterQueue = {
    kind: 'queue',
    name: 'ScoreLeadsDeadLetters',
    what: 'events that the function gave up',
    source: 'ScoreLeadsQueue',
    url: 'https://sqs/dlq',
    sourceUrl: 'https://sqs/source',
  };
  const sqs = mockClient(SQSClient);
  const client = new SQSClient({ region: 'eu-central-1' });
  const redrive = (more: object = {}) => redriveQueue(client, queue, { ...props, ...more });
  const message = (id: string, sentAt = 0) => ({
    Body: `body ${id}`,
    ReceiptHandle: id,
    Attributes: { SentTimestamp: String(sentAt) },
  });
  const lying = (...batches: ReturnType<typeof message>[][]) => {
    let receiving = sqs.on(ReceiveMessageCommand);
    for (const Messages of batches) receiving = receiving.resolvesOnce({ Messages });
    receiving.resolves({});
  };
  const depths = (...counts: number[]) => {
    let counting = sqs.on(GetQueueAttributesCommand, { QueueUrl: queue.url });
    for (const count of counts)
      counting = counting.resolvesOnce({ Attributes: { ApproximateNumberOfMessages: String(count) } });
  };
  const inputs = <T>(command: new (input: never) => { input: T }): T[] =>
    sqs.commandCalls(command as never).map(({ args }) => (args[0] as { input: T }).input);

  beforeEach(() => {
    sqs.reset();
    sqs.on(GetQueueAttributesCommand).resolves({ Attributes: {} });
  });

  it('sends each message to the queue of its function, and deletes it only then', async () => {
    depths(2, 0);
    lying([message('a'), message('b')]);
    expect(await redrive()).toEqual({ moved: 2, failed: 0, left: 0, cameBack: 0, underWay: 0 });
    expect(inputs(SendMessageCommand)).toEqual([
      { QueueUrl: queue.sourceUrl, MessageBody: 'body a' },
      { QueueUrl: queue.sourceUrl, MessageBody: 'body b' },
    ]);
    const order = sqs
      .calls()
      .map(({ args: [{ input }] }) => input as Record<string, string>)
      .flatMap(({ MessageBody, ReceiptHandle }) => MessageBody ?? ReceiptHandle ?? [])
      .filter((text) => text.endsWith('a'));
    expect(order).toEqual(['body a', 'a']);
  });

  it('leaves a message that was not sent', async () => {
    depths(2, 1);
    lying([message('a'), message('b')]);
    sqs.on(SendMessageCommand, { MessageBody: 'body b' } as never).rejects(new Error('throttled'));
    expect(await redrive()).toMatchObject({ moved: 1, failed: 1, left: 1 });
    expect(inputs(DeleteMessageCommand).map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(['a']);
    expect(inputs(ChangeMessageVisibilityCommand)).toEqual([
      { QueueUrl: queue.url, ReceiptHandle: 'b', VisibilityTimeout: 0 },
    ]);
    expect(notes).toEqual(['ScoreLeadsDeadLetters: a message is left: Error']);
  });

  it('sends a message again that a crash left undeleted: repeated, and not lost', async () => {
    depths(1, 1, 0);
    sqs.on(DeleteMessageCommand).rejectsOnce(new Error('crash')).resolves({});
    lying([message('b')], [message('b')]);
    await expect(redrive()).rejects.toThrow('crash');
    await redrive();
    expect(inputs(SendMessageCommand).map(({ MessageBody }) => MessageBody)).toEqual(['body b', 'body b']);
  });

  it('stops with the reason if nothing can be sent', async () => {
    depths(20, 20);
    lying([message('a')], [message('b')]);
    sqs.on(SendMessageCommand).rejects(new Error('AccessDenied'));
    await expect(redrive()).rejects.toThrow('AccessDenied');
    expect(inputs(SendMessageCommand)).toHaveLength(1);
    expect(inputs(DeleteMessageCommand)).toEqual([]);
  });

  it('moves no more than the limit', async () => {
    depths(5, 2);
    lying([message('a'), message('b'), message('c')], [message('d')]);
    expect(await redrive({ limit: 3 })).toMatchObject({ moved: 3, left: 2, cameBack: 0 });
    expect(inputs(ReceiveMessageCommand).map(({ MaxNumberOfMessages }) => MaxNumberOfMessages)).toEqual([3]);
  });

  it('sends no message in circles that the function gives up again, and reports how many came back', async () => {
    depths(2, 1);
    const soon = Date.now() + 60_000;
    lying([message('a'), message('b')], [message('a2', soon)], [message('a2', soon)]);
    expect(await redrive()).toEqual({ moved: 2, failed: 0, left: 1, cameBack: 1, underWay: 0 });
    expect(inputs(SendMessageCommand)).toHaveLength(2);
    expect(inputs(ChangeMessageVisibilityCommand).map(({ ReceiptHandle }) => ReceiptHandle)).toEqual(['a2']);
  });

  it('reports how many messages the function has not processed yet', async () => {
    depths(1, 0);
    sqs
      .on(GetQueueAttributesCommand, { QueueUrl: queue.sourceUrl })
      .resolves({ Attributes: { ApproximateNumberOfMessagesNotVisible: '1' } });
    lying([message('a')]);
    expect(await redrive()).toEqual({ moved: 1, failed: 0, left: 0, cameBack: 0, underWay: 1 });
  });
});

describe('redriving failed records', () => {
  const failure: FailedRecords = {
    kind: 'bucket',
    name: 'FailedRecords',
    what: 'changes that could not be published',
    source: 'streams of the tables',
    bucket: 'failed-records',
    functionName: 'publish-changes',
  };
  const [s3, lambda] = [mockClient(S3Client), mockClient(LambdaClient)];
  const clients = {
    s3: new S3Client({ region: 'eu-central-1' }),
    lambda: new LambdaClient({ region: 'eu-central-1' }),
  };
  const redrive = (more: object = {}) => redriveFailedRecords(clients, failure, { ...props, ...more });
  const answers = (answer: unknown, more: object = {}) =>
    lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(JSON.stringify(answer)) as never, ...more });
  const holding = (objects: Record<string, string>) => {
    s3.on(ListObjectsV2Command).resolves({ Contents: Object.keys(objects).map((Key) => ({ Key })) });
    for (const [Key, text] of Object.entries(objects))
      s3.on(GetObjectCommand, { Bucket: 'failed-records', Key }).resolves({
        Body: { transformToString: async () => text } as never,
      });
  };
  const buildFailedBatch = (...Records: object[]) =>
    JSON.stringify({ version: '1.0', payload: JSON.stringify({ Records }) });
  const deleted = () => s3.commandCalls(DeleteObjectCommand).map(({ args: [{ input }] }) => input.Key);

  beforeEach(() => {
    s3.reset();
    lambda.reset();
  });

  it('invokes the function with the records, and deletes the object when all were published', async () => {
    holding({ k1: buildFailedBatch({ eventName: 'INSERT' }) });
    answers({ batchItemFailures: [] });
    expect(await redrive()).toMatchObject({ moved: 1, failed: 0 });
    const [call] = lambda.commandCalls(InvokeCommand);
    expect(call?.args[0].input.FunctionName).toBe('publish-changes');
    expect(JSON.parse(Buffer.from(call?.args[0].input.Payload as Uint8Array).toString())).toEqual({
      Records: [{ eventName: 'INSERT' }],
    });
    expect(deleted()).toEqual(['k1']);
  });

  it.each([
    [
      'fails in part',
      { batchItemFailures: [{ itemIdentifier: '1' }] },
      {},
      '1 of its 1 records failed again',
    ],
    ['fails', { errorMessage: 'secret' }, { FunctionError: 'Unhandled' }, 'the function failed (Unhandled)'],
    ['says nothing of failures', null, {}, 'returned no list of batch item failures'],
  ])(
    'keeps the object where the function %s, and never says what was in it',
    async (_what, answer, more, why) => {
      holding({ k1: buildFailedBatch({ secret: 1 }) });
      answers(answer, more);
      expect(await redrive()).toMatchObject({ moved: 0, failed: 1, left: 1 });
      expect(deleted()).toEqual([]);
      expect(notes).toEqual([expect.stringContaining(why)]);
      expect(notes.join()).not.toContain('secret');
    },
  );

  it('leaves an object without stream records, and goes on with the next', async () => {
    holding({ k1: 'hello', k2: '{"payload":"[]"}', k3: buildFailedBatch() });
    answers({ batchItemFailures: [] });
    expect(await redrive()).toMatchObject({ moved: 1, failed: 2 });
    expect(deleted()).toEqual(['k3']);
  });

  it('publishes no more than the limit', async () => {
    holding({ k1: buildFailedBatch(), k2: buildFailedBatch() });
    answers({ batchItemFailures: [] });
    expect(await redrive({ limit: 1 })).toMatchObject({ moved: 1 });
  });
});
