import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { countMessages, type MessageCount } from '../../shared/dead-letters/index.ts';
import type { DeadLetterQueue } from './failure-sources.ts';
import type { RedriveProps, RedriveResult } from './redrive-result.ts';

/** The most messages that one ReceiveMessage returns. */
const mostReceived = 10;
/** Seconds: ample for sending and deleting ten messages. A message that is left is visible again afterwards. */
const visibilityTimeout = 60;
/** If so many messages have come back, the cause isn't fixed: going on would send the same messages again. */
const mostReturned = 1_000;
const pollMs = 500;

const receive = async (client: SQSClient, QueueUrl: string, most: number): Promise<Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(mostReceived, most),
      VisibilityTimeout: visibilityTimeout,
      // Long polling asks all servers of the queue; without it, an empty answer would not mean an empty queue.
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return Messages;
};

/** Sends a message to the other queue, then deletes it here: a crash in between repeats the message, and loses none. */
const sendOn = async (client: SQSClient, queue: DeadLetterQueue, message: Message): Promise<void> => {
  const { Body: MessageBody, ReceiptHandle } = message;
  await client.send(new SendMessageCommand({ QueueUrl: queue.sourceUrl, MessageBody }));
  await client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
};

const makeVisible = async (
  client: SQSClient,
  QueueUrl: string,
  messages: readonly Message[],
): Promise<void> => {
  for (const { ReceiptHandle } of messages)
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
};

/**
 * Sends on a few messages in parallel.
 *
 * @throws the first reason if none of them could be sent, since the next ones could not either
 */
const sendAll = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  messages: readonly Message[],
  note: RedriveProps['note'],
): Promise<{ readonly sent: number; readonly stuck: Message[] }> => {
  const results = await Promise.allSettled(messages.map((message) => sendOn(client, queue, message)));
  const stuck = messages.filter((_, i) => results[i]?.status === 'rejected');
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length > 0 && failures.length === messages.length) {
    await makeVisible(client, queue.url, stuck).catch(() => {});
    throw failures[0]?.reason;
  }
  for (const { reason } of failures)
    note(`${queue.name}: a message is left: ${reason instanceof Error ? reason.name : String(reason)}`);
  return { sent: messages.length - stuck.length, stuck };
};

interface Moved {
  readonly moved: number;
  readonly failed: number;
}

/** Whether a message was sent after the start, and so is new or has come back. */
const isSince = ({ Attributes }: Message, startedAt: number): boolean =>
  Number(Attributes?.SentTimestamp ?? 0) > startedAt;

const moveAll = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  { limit, note }: RedriveProps,
): Promise<Moved> => {
  const startedAt = Date.now();
  const held: Message[] = [];
  let moved = 0;
  let failed = 0;
  while (moved + failed < limit && held.length < mostReturned) {
    const messages = await receive(client, queue.url, limit - moved - failed);
    const old = messages.filter((message) => !isSince(message, startedAt));
    held.push(...messages.filter((message) => isSince(message, startedAt)));
    if (old.length === 0) break;
    const { sent, stuck } = await sendAll(client, queue, old, note);
    moved += sent;
    failed += stuck.length;
    held.push(...stuck);
  }
  await makeVisible(client, queue.url, held);
  return { moved, failed };
};

const total = ({ waiting, inFlight }: MessageCount): number => waiting + inFlight;

/** Waits until the queue of the function is empty, or the time is over. Returns the number of messages still in it. */
const waitUntilEmpty = async (client: SQSClient, url: string, waitMs: number): Promise<number> => {
  const until = Date.now() + waitMs;
  for (;;) {
    const underWay = total(await countMessages(client, url));
    if (underWay === 0 || Date.now() >= until) return underWay;
    await sleep(pollMs);
  }
};

/** Sends the messages of a dead-letter queue to the queue of the function. */
export const redriveQueue = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  props: RedriveProps,
): Promise<RedriveResult> => {
  const before = total(await countMessages(client, queue.url));
  const { moved, failed } = await moveAll(client, queue, props);
  const underWay = moved === 0 ? 0 : await waitUntilEmpty(client, queue.sourceUrl, props.waitMs);
  const left = total(await countMessages(client, queue.url));
  return { moved, failed, left, cameBack: Math.max(0, left - Math.max(0, before - moved)), underWay };
};
