import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDocumentReader, createPolicyReader } from '../../shared/model-store/index.ts';
import { handOff } from './hand-off.ts';
import { createPrepareBrief } from './prepare-brief.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);
const client = new DynamoDBClient();
const table = { client, table: LEADS_TABLE };
const readDocument = createDocumentReader(table);

export const handler = lambdaHandler(
  handOff({
    followUps: createDynamoDbFollowUps(client, LEADS_TABLE),
    readPolicy: createPolicyReader(readDocument),
    prepareBrief: createPrepareBrief(table, readDocument),
    now: Date.now,
  }),
);
