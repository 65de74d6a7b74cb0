import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly destroy: () => void;
}

/** Clients without retries of their own: what fails, and what is sent again, is to be counted. */
export const createClients = (endpoint: string): Clients => {
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 20_000 },
  };
  const [dynamodb, bus] = [new DynamoDBClient(config), new EventBridgeClient(config)];
  return {
    dynamodb,
    bus,
    destroy: () => {
      dynamodb.destroy();
      bus.destroy();
    },
  };
};
