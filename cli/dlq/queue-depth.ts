import { GetQueueAttributesCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** The depth of a queue or bucket. SQS counts are approximate and may lag by a minute. */
export interface Depth {
  readonly waiting: number;
  /** Received by somebody and not yet deleted; they come back if nobody does. */
  readonly inFlight: number;
  /** Milliseconds since 1970. Of a queue: the oldest of the few messages that were looked at. */
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

/** Looks at some messages and hides them from nobody. */
const oldestSeen = async (client: SQSClient, QueueUrl: string): Promise<number | undefined> => {
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
  const oldestAt = depth.waiting > 0 ? await oldestSeen(client, url) : undefined;
  return { ...depth, ...(oldestAt !== undefined && { oldestAt }) };
};
