import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDocumentReader, createPolicyReader } from '../../shared/model-store/index.ts';
import { startNurture } from './start-nurture.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  startNurture({
    followUps: createDynamoDbFollowUps(client, LEADS_TABLE),
    readPolicy: createPolicyReader(createDocumentReader({ client, table: LEADS_TABLE })),
    now: Date.now,
  }),
);
