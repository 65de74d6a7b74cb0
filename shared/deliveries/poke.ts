import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Tells `send-deliveries` that something of a subscription may be due. */
export type Poke = (subscription: string) => Promise<void>;

export const createPoke =
  (client: SQSClient, queueUrl: string): Poke =>
  async (subscription) => {
    const MessageBody = JSON.stringify({ subscription });
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
  };

/** Returns the subscription that a message names; undefined if it is about all. */
export const parsePoke = (body: string): string | undefined => {
  const { subscription } = JSON.parse(body) as { readonly subscription?: unknown };
  return typeof subscription === 'string' ? subscription : undefined;
};
