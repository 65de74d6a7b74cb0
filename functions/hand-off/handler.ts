import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createPolicyReader } from '../../shared/model-store/index.ts';
import { handOff } from './hand-off.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  handOff({
    followUps: createDynamoDbFollowUps(client, LEADS_TABLE),
    readPolicy: createPolicyReader({ client, table: LEADS_TABLE }),
    now: Date.now,
  }),
);
