import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { handOff } from './hand-off.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  handOff({ followUps: createDynamoDbFollowUps(new DynamoDBClient(), LEADS_TABLE), now: Date.now }),
);
