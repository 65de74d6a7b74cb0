import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { startNurture } from './start-nurture.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  startNurture({ followUps: createDynamoDbFollowUps(new DynamoDBClient(), LEADS_TABLE) }),
);
