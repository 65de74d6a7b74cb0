import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { errorFields, logger } from '../../shared/lambda/index.ts';
import type { DueKind, DueMessage } from './due-message.ts';

/** The most messages of one request. Source: the reference of SendMessageBatch. */
export const mostTogether = 10;

/**
 * Sends up to ten messages of one kind, and returns how many its queue took. It doesn't throw: the queue of another kind
 * may still work.
 */
export type SendDue = (kind: DueKind, messages: readonly DueMessage[]) => Promise<number>;

/** @param urls the queue of the consumer of each kind */
export const createSqsSender =
  (client: SQSClient, urls: Readonly<Record<DueKind, string>>): SendDue =>
  async (kind, messages) => {
    const Entries = messages.map(({ event }, i) => ({ Id: `${i}`, MessageBody: JSON.stringify(event) }));
    try {
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: urls[kind], Entries }));
      return messages.length - (answer.Failed?.length ?? 0);
    } catch (error) {
      logger.error('messages not sent', { kind, messages: messages.length, ...errorFields(error) });
      return 0;
    }
  };
