import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeployedApp } from './app.ts';
import { clientConfig } from './clients.ts';
import type { Handlers } from './handlers.ts';

export interface Deployment {
  readonly endpoint: string;
  readonly bus: string;
  readonly table: string;
  readonly queueUrl: (queue: string) => string;
  readonly handlers: Handlers;
  readonly stop: () => Promise<void>;
}

/** Creates a deployed app with the clients that are the same for every back end. */
export const deployed = ({ endpoint, bus, table, queueUrl, handlers, stop }: Deployment): DeployedApp => {
  const [sqs, dynamodb] = [new SQSClient(clientConfig(endpoint)), new DynamoDBClient(clientConfig(endpoint))];
  const eventBridge = new EventBridgeClient(clientConfig(endpoint));
  return {
    sqs,
    dynamodb,
    table,
    queueUrl,
    got: handlers.got,
    send: async (queue, ...bodies) => {
      for (const MessageBody of bodies)
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(queue), MessageBody }));
    },
    receive: async (queue) => {
      const input = {
        QueueUrl: queueUrl(queue),
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All' as const],
      };
      return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
    },
    put: async (...items) => {
      for (const item of items) {
        const fields = Object.entries({ sk: 'STATE', ...item }).map(([name, S]) => [name, { S }] as const);
        await dynamodb.send(new PutItemCommand({ TableName: table, Item: Object.fromEntries(fields) }));
      }
    },
    putEvents: (...entries) =>
      eventBridge.send(
        new PutEventsCommand({ Entries: entries.map((entry) => ({ ...entry, EventBusName: bus })) }),
      ),
    stop: async () => {
      for (const client of [sqs, dynamodb, eventBridge]) client.destroy();
      await stop();
      await handlers.stop();
    },
  };
};
