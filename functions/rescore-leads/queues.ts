import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { inParallel } from '../../shared/lambda/index.ts';

/** A message that is delivered after a while. */
interface DelayedMessage {
  readonly body: object;
  /** Whole seconds, at most 900. */
  readonly delaySeconds: number;
}

/** Sends messages to one queue. @throws MessagesNotSentError if the queue didn't take all of them */
export type SendDelayed = (messages: readonly DelayedMessage[]) => Promise<void>;

class MessagesNotSentError extends Error {
  readonly code = 'RESCORING_MESSAGES_NOT_SENT';
  constructor(failed: number) {
    super(`the queue did not take ${failed} messages; the page is read again`);
    this.name = 'MessagesNotSentError';
  }
}

/** The most messages of one request. Source: the reference of SendMessageBatch. */
const mostTogether = 10;

/** The requests under way at once. */
const width = 4;

export const createDelayedSender =
  (client: SQSClient, QueueUrl: string): SendDelayed =>
  async (messages) => {
    const batches = Array.from({ length: Math.ceil(messages.length / mostTogether) }, (_, i) =>
      messages.slice(i * mostTogether, (i + 1) * mostTogether),
    );
    let failed = 0;
    await inParallel(batches, width, async (batch) => {
      const Entries = batch.map(({ body, delaySeconds }, i) => ({
        Id: `${i}`,
        MessageBody: JSON.stringify(body),
        DelaySeconds: delaySeconds,
      }));
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      failed += answer.Failed?.length ?? 0;
    });
    if (failed > 0) throw new MessagesNotSentError(failed);
  };
