import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler } from '../../../shared/lambda/index.ts';

const client = new DynamoDBClient();

/** What every function has around it, and nothing inside. */
export const handler = lambdaHandler(() => client.config.region());
