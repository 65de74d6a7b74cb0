import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { countMessages, type MessageCount } from '../../shared/dead-letters/index.ts';

/** The depth of a queue or bucket. The counts of SQS are approximate and may lag by a minute. */
export interface Depth extends MessageCount {
  /** The oldest time, in milliseconds since 1970. For a queue only among ten messages at most. */
  readonly oldestAt?: number;
}

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
