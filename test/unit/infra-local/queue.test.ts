import { describe, expect, it } from 'vitest';
import { Queue } from '../../../infra/local/queue.ts';

const plenty = 1e9;
const bodies = (messages: readonly { body: string }[]): string[] => messages.map(({ body }) => body);

const make = (extra: object = {}): Queue =>
  new Queue({ name: 'q', arn: 'arn:aws:sqs:us-east-1:0:q', visibilityTimeoutMs: 1_000, ...extra });

const take = (queue: Queue, now: number) => {
  const [message] = queue.receive(1, plenty, now);
  if (message === undefined) throw new Error('the queue is empty');
  return message;
};

describe('a queue', () => {
  it('hides a received message until its visibility timeout ends', () => {
    const queue = make();
    queue.send('a', 0);
    expect(take(queue, 10)).toMatchObject({ body: 'a', receiveCount: 1, firstReceivedAt: 10, sentAt: 0 });
    expect(queue.receive(1, plenty, 1_009)).toEqual([]);
    expect(queue.nextVisibleAt()).toBe(1_010);
    expect(take(queue, 1_010)).toMatchObject({ receiveCount: 2, firstReceivedAt: 10 });
  });

  it('forgets a deleted message', () => {
    const queue = make();
    queue.send('a', 0);
    queue.delete(take(queue, 0).receiptHandle);
    expect(queue.isEmpty()).toBe(true);
  });

  it('ignores a receipt handle that a later receive replaced', () => {
    const queue = make();
    queue.send('a', 0);
    const stale = take(queue, 0).receiptHandle;
    take(queue, 1_000);
    queue.delete(stale);
    queue.changeVisibility(stale, 0, 1_000);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    expect(queue.receive(1, plenty, 1_000)).toEqual([]);
  });

  it('returns a message sooner when its visibility is changed', () => {
    const queue = make();
    queue.send('a', 0);
    queue.changeVisibility(take(queue, 0).receiptHandle, 5, 0);
    expect(queue.receive(1, plenty, 4)).toEqual([]);
    expect(take(queue, 5).receiveCount).toBe(2);
  });

  it('moves a message to the dead letters at the receive beyond maxReceiveCount, with its id', () => {
    const deadLetters = make({ name: 'dlq' });
    const queue = make({ redrive: { maxReceiveCount: 2, deadLetters } });
    const id = queue.send('poison', 0);
    take(queue, 0);
    take(queue, 1_000);
    queue.send('good', 1_500);
    expect(deadLetters.isEmpty()).toBe(true);
    expect(bodies(queue.receive(10, plenty, 2_000))).toEqual(['good']);
    expect(deadLetters.messages()).toMatchObject([{ messageId: id, body: 'poison' }]);
  });

  it('holds a message back for its delay', () => {
    const queue = make({ delayMs: 100 });
    queue.send('a', 0);
    expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    expect(queue.receive(1, plenty, 99)).toEqual([]);
    expect(take(queue, 100).body).toBe('a');
  });

  it('holds a message back for a delay of its own, at most for the longest', () => {
    const queue = make({ delayMs: 100, longestDelayMs: 500 });
    queue.send('at once', 0, undefined, 0);
    queue.send('later', 0, undefined, 300);
    queue.send('never later', 0, undefined, 900_000);
    expect(bodies(queue.receive(9, plenty, 0))).toEqual(['at once']);
    expect(bodies(queue.receive(9, plenty, 300))).toEqual(['later']);
    expect(bodies(queue.receive(9, plenty, 500))).toEqual(['never later']);
  });

  it('returns at most the requested messages and bytes, the oldest first', () => {
    const queue = make();
    for (const body of ['a', 'b', 'c', 'd']) queue.send(body.repeat(2_000), 0);
    expect(bodies(queue.receive(3, 7_000, 0)).map((body) => body[0])).toEqual(['a', 'b']);
    expect(bodies(queue.receive(1, plenty, 0)).map((body) => body[0])).toEqual(['c']);
  });

  it('gives each message an id of its own', () => {
    const queue = make();
    expect(new Set([1, 2, 3].map(() => queue.send('same', 0))).size).toBe(3);
  });
});
