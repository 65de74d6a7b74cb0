import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';

const clients = [new DynamoDBClient(), new EventBridgeClient()];

/** The smallest possible function that uses DynamoDB and EventBridge. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
