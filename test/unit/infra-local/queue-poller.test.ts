import type { SQSEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InvocationResult } from '../../../infra/local/function-environment.ts';
import { Queue } from '../../../infra/local/queue.ts';
import { QueuePoller, type QueuePollerProps } from '../../../infra/local/queue-poller.ts';

const ok = (response: unknown = null): InvocationResult => ({ ok: true, response });
const thrown: InvocationResult = {
  ok: false,
  error: { kind: 'handler', name: 'Error', message: 'no', stack: '' },
};

type Answer = (records: SQSEvent['Records']) => InvocationResult | Promise<InvocationResult>;

const setUp = (answer: Answer, extra: Partial<QueuePollerProps> = {}) => {
  const deadLetters = new Queue({ name: 'dlq', arn: 'arn:aws:sqs:r:0:dlq', visibilityTimeoutMs: 0 });
  const queue = new Queue({
    name: 'q',
    arn: 'arn:aws:sqs:r:0:q',
    visibilityTimeoutMs: 30_000,
    redrive: { maxReceiveCount: 3, deadLetters },
  });
  const batches: string[][] = [];
  const poller = new QueuePoller({
    queue,
    invoke: async (event) => {
      const { Records } = event as SQSEvent;
      batches.push(Records.map(({ body }) => body));
      return answer(Records);
    },
    batchSize: 10,
    windowMs: 0,
    concurrency: 1,
    reportsFailures: true,
    onError: (error) => {
      throw error;
    },
    ...extra,
  });
  const send = (...bodies: string[]) => bodies.map((body) => queue.send(body, Date.now()));
  return { queue, deadLetters, poller, batches, send };
};

const failing =
  (...poison: string[]): Answer =>
  (records) =>
    ok({
      batchItemFailures: records
        .filter(({ body }) => poison.includes(body))
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    });

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('the mapping from a queue', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('puts messages that are sent together into one batch, of at most the batch size', async () => {
    const { batches, send, queue } = setUp(() => ok(), { batchSize: 2 });
    send('a', 'b', 'c');
    await pass(1);
    expect(batches).toEqual([['a', 'b'], ['c']]);
    expect(queue.isEmpty()).toBe(true);
  });

  it('passes the event that Lambda passes', async () => {
    let records: SQSEvent['Records'] = [];
    const { send } = setUp((given) => {
      records = given;
      return ok();
    });
    const [messageId] = send('a');
    await pass(1);
    expect(records).toEqual([
      {
        messageId,
        receiptHandle: expect.any(String),
        body: 'a',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: '000000000000',
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {},
        md5OfBody: '0cc175b9c0f1b6a831c399e269772661',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:r:0:q',
        awsRegion: 'us-east-1',
      },
    ]);
  });

  it('returns only the reported messages, after the visibility timeout', async () => {
    const { batches, send } = setUp(failing('bad'));
    send('good', 'bad');
    await pass(29_000);
    expect(batches).toEqual([['good', 'bad']]);
    await pass(2_000);
    expect(batches).toEqual([['good', 'bad'], ['bad']]);
  });

  it('makes a message a dead letter while others pass', async () => {
    const { batches, send, deadLetters, queue } = setUp(failing('bad'), { retryDelayMs: 10 });
    send('bad');
    await pass(5);
    send('good');
    await pass(100);
    expect(batches).toEqual([['bad'], ['good'], ['bad'], ['bad']]);
    expect(deadLetters.messages().map(({ body }) => body)).toEqual(['bad']);
    expect(queue.isEmpty()).toBe(true);
  });

  it.each([
    ['the function throws', thrown],
    ['an id is unknown', ok({ batchItemFailures: [{ itemIdentifier: 'nobody' }] })],
    ['an id is empty', ok({ batchItemFailures: [{ itemIdentifier: '' }] })],
    ['the key is wrong', ok({ batchItemFailures: [{ id: 'x' }] })],
    ['an entry is null', ok({ batchItemFailures: [null] })],
    ['the list is none', ok({ batchItemFailures: 'all' })],
    ['the answer is no object', ok('done')],
  ])('retries the whole batch when %s', async (_, result) => {
    const { batches, send } = setUp(() => result, { retryDelayMs: 10 });
    send('a', 'b');
    await pass(15);
    expect(batches).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it.each([
    ['null', null],
    ['an empty answer', {}],
    ['a null list', { batchItemFailures: null }],
    ['an empty list', { batchItemFailures: [] }],
  ])('takes %s for success', async (_, response) => {
    const { send, queue } = setUp(() => ok(response));
    send('a');
    await pass(1);
    expect(queue.isEmpty()).toBe(true);
  });

  it('ignores reported failures when the mapping does not ask for them', async () => {
    const { send, queue } = setUp(failing('a'), { reportsFailures: false });
    send('a');
    await pass(1);
    expect(queue.isEmpty()).toBe(true);
  });

  it('waits for its window, or until the batch is full', async () => {
    const { batches, send } = setUp(() => ok(), { batchSize: 3, windowMs: 1_000 });
    send('a');
    await pass(900);
    send('b');
    expect(batches).toEqual([]);
    await pass(200);
    expect(batches).toEqual([['a', 'b']]);
    send('c', 'd', 'e');
    await pass(1);
    expect(batches[1]).toEqual(['c', 'd', 'e']);
  });

  it('runs no more batches at a time than its concurrency', async () => {
    let running = 0;
    let most = 0;
    const answer: Answer = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return ok();
    };
    const { send, batches } = setUp(answer, { batchSize: 1, concurrency: 2 });
    send('a', 'b', 'c', 'd', 'e');
    await pass(100);
    expect(batches).toHaveLength(5);
    expect(most).toBe(2);
  });

  it('tries failed messages again only after the check before it', async () => {
    const checked = Promise.withResolvers<void>();
    const beforeRetry = vi.fn(() => checked.promise);
    const answer = failing('bad');
    const { batches, send } = setUp(answer, { retryDelayMs: 10, beforeRetry });
    send('good');
    await pass(5);
    expect(beforeRetry).not.toHaveBeenCalled();
    send('bad');
    await pass(1_000);
    expect(batches).toEqual([['good'], ['bad']]);
    checked.resolve();
    await pass(15);
    expect(batches).toEqual([['good'], ['bad'], ['bad']]);
  });

  it('reports that its queue fails, when it receives and when it deletes', async () => {
    const onError = vi.fn();
    const { queue, send } = setUp(() => ok(), { onError });
    const broken = new Error('the journal is full');
    const remove = vi.spyOn(queue, 'delete').mockImplementation(() => {
      throw broken;
    });
    send('a');
    await pass(5);
    expect(onError).toHaveBeenCalledExactlyOnceWith(broken);
    remove.mockRestore();
    vi.spyOn(queue, 'receive').mockImplementation(() => {
      throw broken;
    });
    send('b');
    await pass(5);
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it('receives no more messages once it is stopped', async () => {
    const { batches, send, poller } = setUp(() => ok());
    await poller.stop();
    send('a');
    await pass(100);
    expect(batches).toEqual([]);
  });
});
