import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbFollowUps } from '../../shared/ledger/index.ts';
import { handOff } from './hand-off.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  handOff({ followUps: createDynamoDbFollowUps(new DynamoDBClient(), LEADS_TABLE), now: Date.now }),
);
