import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';

const clients = [new DynamoDBClient(), new EventBridgeClient(), new SQSClient()];

/** The smallest possible function that uses DynamoDB, EventBridge and SQS. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
