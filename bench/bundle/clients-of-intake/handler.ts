import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const clients = [new DynamoDBClient(), new EventBridgeClient(), new SecretsManagerClient()];

/** The smallest possible function that uses DynamoDB, EventBridge and Secrets Manager. */
export const handler = (): Promise<string[]> => Promise.all(clients.map(({ config }) => config.region()));
