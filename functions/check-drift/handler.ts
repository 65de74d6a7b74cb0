import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { checkDrift } from './check-drift.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  checkDrift({ client: new DynamoDBClient(), table: LEADS_TABLE, now: Date.now, random: Math.random }),
);
