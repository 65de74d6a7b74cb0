import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';

const clients = [new DynamoDBClient(), new S3Client()];

/** The smallest possible function that uses DynamoDB and S3. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
