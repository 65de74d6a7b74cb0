import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqsProtocol } from '../../../infra/local/protocols/sqs.ts';
import { Queue } from '../../../infra/local/queue.ts';
import { serve } from './gateway.ts';

const arn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

const setUp = async () => {
  const dead = new Queue({ name: 'work-dead', arn: arn('work-dead'), visibilityTimeoutMs: 30_000 });
  const work = new Queue({
    name: 'work',
    arn: arn('work'),
    visibilityTimeoutMs: 30_000,
    redrive: { maxReceiveCount: 3, deadLetters: dead },
  });
  const config = await serve(sqsProtocol([dead, work]));
  const client = new SQSClient(config);
  onTestFinished(() => client.destroy());
  const url = (name: string) => `${config.endpoint}/000000000000/${name}`;
  return { client, dead, work, url };
};

describe('SQS, as its client sees it', () => {
  it('lists the queues that begin with a prefix, by their URLs here', async () => {
    const { client, url } = await setUp();
    expect((await client.send(new ListQueuesCommand({}))).QueueUrls).toEqual([url('work-dead'), url('work')]);
    const some = await client.send(new ListQueuesCommand({ QueueNamePrefix: 'work-' }));
    expect(some.QueueUrls).toEqual([url('work-dead')]);
    expect((await client.send(new ListQueuesCommand({ QueueNamePrefix: 'x' }))).QueueUrls).toBeUndefined();
    expect((await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(url('work'));
  });

  it('answers for an unknown queue as AWS does', async () => {
    const { client, url } = await setUp();
    for (const command of [
      new GetQueueUrlCommand({ QueueName: 'gone' }),
      new ReceiveMessageCommand({ QueueUrl: url('gone') }),
    ]) {
      await expect(client.send(command as GetQueueUrlCommand)).rejects.toMatchObject({
        name: 'QueueDoesNotExist',
        Code: 'AWS.SimpleQueueService.NonExistentQueue',
        message: 'The specified queue does not exist: gone; allowed are work-dead, work',
      });
    }
  });

  it('returns the requested attributes', async () => {
    const { client, work, url } = await setUp();
    work.send('a', Date.now());
    work.send('b', Date.now());
    work.receive(1, Infinity, Date.now());
    const ask = async (...AttributeNames: ('All' | 'QueueArn')[]) =>
      (await client.send(new GetQueueAttributesCommand({ QueueUrl: url('work'), AttributeNames })))
        .Attributes;
    expect(await ask('QueueArn')).toEqual({ QueueArn: arn('work') });
    expect(await ask('All')).toEqual({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '0',
      DelaySeconds: '0',
      VisibilityTimeout: '30',
      QueueArn: arn('work'),
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('work-dead'), maxReceiveCount: 3 }),
    });
  });

  it('takes up to ten messages at once, and answers for each', async () => {
    const { client, work, url } = await setUp();
    const send = (count: number) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl: url('work'),
          Entries: Array.from({ length: count }, (_, i) => ({ Id: `${i}`, MessageBody: `body ${i}` })),
        }),
      );
    const { Successful = [], Failed } = await send(10);
    const waiting = work.receive(10, Infinity, Date.now());
    expect(waiting.map(({ body }) => body)).toEqual(Array.from({ length: 10 }, (_, i) => `body ${i}`));
    expect(Successful.map(({ Id, MessageId }) => [Id, MessageId])).toEqual(
      waiting.map(({ messageId }, i) => [`${i}`, messageId]),
    );
    expect(Failed ?? []).toEqual([]);
    await expect(send(11)).rejects.toThrow('Entries');
    await expect(send(0)).rejects.toThrow('Entries');
  });

  it('delays each message for as long as it asks, at most 15 minutes', async () => {
    const { client, work, url } = await setUp();
    const send = (DelaySeconds: number) =>
      client.send(
        new SendMessageBatchCommand({
          QueueUrl: url('work'),
          Entries: [
            { Id: '0', MessageBody: 'later', DelaySeconds },
            { Id: '1', MessageBody: 'now', DelaySeconds: 0 },
          ],
        }),
      );
    await send(900);
    const now = Date.now();
    expect(work.receive(10, Infinity, now).map(({ body }) => body)).toEqual(['now']);
    expect(work.receive(10, Infinity, now + 900_000).map(({ body }) => body)).toContain('later');
    await expect(send(901)).rejects.toThrow('DelaySeconds');
  });

  it('returns sent messages, with their attributes and the requested counts', async () => {
    const { client, url } = await setUp();
    const QueueUrl = url('work');
    const MessageAttributes = {
      RULE_ARN: { DataType: 'String', StringValue: 'arn:x' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 250]) },
    };
    const MessageBody = '{"who":"Zoë \u{1f600}"}';
    const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));
    const received = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
        MessageAttributeNames: ['All'],
      }),
    );
    expect(received.Messages).toEqual([
      {
        MessageId: sent.MessageId,
        ReceiptHandle: expect.any(String),
        MD5OfBody: sent.MD5OfMessageBody,
        Body: MessageBody,
        Attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        MessageAttributes,
      },
    ]);
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  });

  it('hides received messages for as long as requested, and deletes by the receipt handle', async () => {
    const { client, work, url } = await setUp();
    const QueueUrl = url('work');
    for (const body of ['a', 'b', 'c']) work.send(body, Date.now());
    const receive = async (VisibilityTimeout: number) => {
      const input = { QueueUrl, VisibilityTimeout, MaxNumberOfMessages: 10 };
      return (await client.send(new ReceiveMessageCommand(input))).Messages ?? [];
    };
    expect((await receive(0)).map(({ Body }) => Body)).toEqual(['a', 'b', 'c']);
    const [first, second] = await receive(60);
    expect(await receive(60)).toEqual([]);
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: second?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect((await receive(0)).map(({ Body }) => Body)).toEqual(['b']);
    expect(
      work
        .messages()
        .map(({ body }) => body)
        .sort(),
    ).toEqual(['b', 'c']);
  });

  it('wakes the poller of a queue when a client has received beside it', async () => {
    const { client, work, url } = await setUp();
    work.send('a', Date.now());
    let woken = 0;
    work.onSend(() => {
      woken += 1;
    });
    await client.send(new ReceiveMessageCommand({ QueueUrl: url('work') }));
    expect(woken).toBe(1);
  });

  it('reports what is wrong with a request', async () => {
    const { client, url } = await setUp();
    const tooMany = new ReceiveMessageCommand({ QueueUrl: url('work'), MaxNumberOfMessages: 11 });
    await expect(client.send(tooMany)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
      message: expect.stringContaining('MaxNumberOfMessages'),
    });
  });
});
