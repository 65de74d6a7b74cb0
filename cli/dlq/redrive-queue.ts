import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from './failure-sources.ts';
import { countMessages, type Depth } from './queue-depth.ts';
import type { Redriven, RedriveProps } from './redriven.ts';

/** What one receive takes. */
const mostReceived = 10;
/** Ample for ten messages to be sent and deleted; what is left over shows again after it. */
const visibilityTimeout = 60;
/** Where so many come back already, the cause isn't mended: going on would send round the same messages. */
const mostReturned = 1_000;
const lookEveryMs = 500;

const receive = async (client: SQSClient, QueueUrl: string, most: number): Promise<Message[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: Math.min(mostReceived, most),
      VisibilityTimeout: visibilityTimeout,
      // Asks all servers of the queue. Without, an empty answer would not mean that it is empty.
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  return Messages;
};

/** A message goes to the other queue before it leaves this one: a crash in between repeats it and loses nothing. */
const sendOn = async (client: SQSClient, queue: DeadLetterQueue, message: Message): Promise<void> => {
  const { Body: MessageBody, ReceiptHandle } = message;
  await client.send(new SendMessageCommand({ QueueUrl: queue.sourceUrl, MessageBody }));
  await client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }));
};

const showAgain = async (
  client: SQSClient,
  QueueUrl: string,
  messages: readonly Message[],
): Promise<void> => {
  for (const { ReceiptHandle } of messages)
    await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
};

/** Sends on a few messages side by side. Where none of them can be, nothing can. */
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
    await showAgain(client, queue.url, stuck).catch(() => {});
    throw failures[0]?.reason;
  }
  for (const { reason } of failures)
    note(`${queue.name}: a message stays: ${reason instanceof Error ? reason.name : String(reason)}`);
  return { sent: messages.length - stuck.length, stuck };
};

interface Moved {
  readonly moved: number;
  readonly failed: number;
}

/** Messages keep the time at which they were first sent: one that was sent since the start is one of ours, or new. */
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
  await showAgain(client, queue.url, held);
  return { moved, failed };
};

const total = ({ waiting, inFlight }: Depth): number => waiting + inFlight;

/** Waits until the function has worked off its queue, or the time is over. Gives what is still in it. */
const lookOn = async (client: SQSClient, url: string, waitMs: number): Promise<number> => {
  const until = Date.now() + waitMs;
  for (;;) {
    const underWay = total(await countMessages(client, url));
    if (underWay === 0 || Date.now() >= until) return underWay;
    await sleep(lookEveryMs);
  }
};

/** Sends the messages of a dead-letter queue where they belong. */
export const redriveQueue = async (
  client: SQSClient,
  queue: DeadLetterQueue,
  props: RedriveProps,
): Promise<Redriven> => {
  const before = total(await countMessages(client, queue.url));
  const { moved, failed } = await moveAll(client, queue, props);
  const underWay = moved === 0 ? 0 : await lookOn(client, queue.sourceUrl, props.waitMs);
  const left = total(await countMessages(client, queue.url));
  return { moved, failed, left, cameBack: Math.max(0, left - Math.max(0, before - moved)), underWay };
};
