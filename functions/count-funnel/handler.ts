import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { drawPartition } from '../../shared/funnel-counts/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { countFunnel } from './count-funnel.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  countFunnel({
    client: new DynamoDBClient(),
    table: LEADS_TABLE,
    partition: drawPartition(Math.random),
    now: Date.now,
  }),
);
