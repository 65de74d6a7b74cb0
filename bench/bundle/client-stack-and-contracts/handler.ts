import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { parseInbound } from '../../../events/index.ts';
import { lambdaHandler } from '../../../shared/lambda/index.ts';

const client = new DynamoDBClient();

/** A handler with everything that surrounds a function, and the contracts of inbound events. */
export const handler = lambdaHandler(async (event) => [
  await client.config.region(),
  parseInbound(event, Date.now()),
]);
