import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient();

/** The smallest possible function that uses DynamoDB. Its start is part of the start of every such function. */
export const handler = (): Promise<string> => client.config.region();
