import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';

const clients = [new DynamoDBClient(), new SecretsManagerClient(), new SQSClient()];

/** The smallest possible function that uses DynamoDB, Secrets Manager and SQS. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
