import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The messages of a queue. The counts of SQS are approximate and may lag by a minute. */
export interface MessageCount {
  readonly waiting: number;
  /**
   * Messages that were received and not deleted yet, or are delayed; received ones come back if they stay undeleted.
   */
  readonly inFlight: number;
}

const names = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** Counts the messages of a queue. */
export const countMessages = async (client: SQSClient, QueueUrl: string): Promise<MessageCount> => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
  );
  const [waiting = 0, inFlight = 0, delayed = 0] = names.map((name) => Number(Attributes[name] ?? 0));
  return { waiting, inFlight: inFlight + delayed };
};
