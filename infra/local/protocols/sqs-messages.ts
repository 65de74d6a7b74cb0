import { createHash } from 'node:crypto';
import type { MessageAttributes, ReceivedMessage } from '../queue.ts';
import { account } from '../resource-types.ts';

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The attributes that a ReceiveMessage request asks for beside the body. */
export interface Wanted {
  readonly system: readonly string[];
  /** Names, `prefix.*`, `.*` or `All`. */
  readonly attributes: readonly string[];
}

const systemAttributes = (message: ReceivedMessage): Readonly<Record<string, string>> => ({
  ApproximateReceiveCount: `${message.receiveCount}`,
  SentTimestamp: `${message.sentAt}`,
  SenderId: account,
  ApproximateFirstReceiveTimestamp: `${message.firstReceivedAt}`,
});

const isWanted = (name: string, wanted: readonly string[]): boolean =>
  wanted.some(
    (one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
  );

/** Returns the wanted values; undefined rather than an empty object, as SQS answers. */
export const pickWanted = <Value>(
  values: Readonly<Record<string, Value>>,
  wanted: readonly string[],
): Readonly<Record<string, Value>> | undefined => {
  const picked = Object.entries(values).filter(([name]) => isWanted(name, wanted));
  return picked.length === 0 ? undefined : Object.fromEntries(picked);
};

/** Returns a message in the form of ReceiveMessage's answer. */
export const messageAnswer = (message: ReceivedMessage, wanted: Wanted): object => ({
  MessageId: message.messageId,
  ReceiptHandle: message.receiptHandle,
  MD5OfBody: md5(message.body),
  Body: message.body,
  Attributes: pickWanted(systemAttributes(message), wanted.system),
  MessageAttributes: pickWanted<MessageAttributes[string]>(message.attributes ?? {}, wanted.attributes),
});
