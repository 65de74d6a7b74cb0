import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';

const clients = [new DynamoDBClient(), new SQSClient()];

/** The smallest possible function that uses DynamoDB and SQS. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
