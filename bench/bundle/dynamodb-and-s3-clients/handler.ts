import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

const clients = [new DynamoDBClient(), new S3Client()];

/** The least that a function which uses DynamoDB and S3 can be. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
