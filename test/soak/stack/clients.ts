import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly bus: EventBridgeClient;
  readonly s3: S3Client;
  readonly destroy: () => void;
}

/** Creates clients without retries, so that failures and repetitions can be counted. */
export const createClients = (endpoint: string): Clients => {
  const config = {
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 20_000 },
  };
  const [dynamodb, bus] = [new DynamoDBClient(config), new EventBridgeClient(config)];
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  return {
    dynamodb,
    bus,
    s3,
    destroy: () => {
      dynamodb.destroy();
      bus.destroy();
      s3.destroy();
    },
  };
};
