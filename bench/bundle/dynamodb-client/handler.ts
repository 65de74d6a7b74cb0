import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

/** The least that a function which uses DynamoDB can be: what any of them pays to start. */
export const handler = (): Promise<string> => client.config.region();
