import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The depth of a queue or bucket. The counts of SQS are approximate and may lag by a minute. */
export interface Depth {
  readonly waiting: number;
  /**
   * Messages that were received and not deleted yet, or are delayed; received ones come back if they stay undeleted.
   */
  readonly inFlight: number;
  /** The oldest time, in milliseconds since 1970. For a queue only among ten messages at most. */
  readonly oldestAt?: number;
}

const names = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export const countMessages = async (client: SQSClient, QueueUrl: string): Promise<Depth> => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }),
  );
  const [waiting = 0, inFlight = 0, delayed = 0] = names.map((name) => Number(Attributes[name] ?? 0));
  return { waiting, inFlight: inFlight + delayed };
};

/** Returns the oldest time among some messages of a queue, without hiding them from other readers. */
const findOldest = async (client: SQSClient, QueueUrl: string): Promise<number | undefined> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  );
  const sent = Messages.flatMap(({ Attributes }) => Attributes?.SentTimestamp ?? []).map(Number);
  return sent.length === 0 ? undefined : Math.min(...sent);
};

export const queueDepth = async (client: SQSClient, url: string): Promise<Depth> => {
  const depth = await countMessages(client, url);
  const oldestAt = depth.waiting > 0 ? await findOldest(client, url) : undefined;
  return { ...depth, ...(oldestAt !== undefined && { oldestAt }) };
};
