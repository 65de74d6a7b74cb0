import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler } from '../../../shared/lambda/index.ts';

const client = new DynamoDBClient();

/** A handler with everything that surrounds a function, and nothing inside. */
export const handler = lambdaHandler(() => client.config.region());
