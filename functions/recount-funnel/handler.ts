import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { drawPartition } from '../../shared/funnel-counts/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { wait } from '../../shared/retry/index.ts';
import { recountFunnel } from './recount-funnel.ts';

const { LEADS_TABLE } = readEnvironment(['LEADS_TABLE']);

export const handler = lambdaHandler(
  recountFunnel({
    client: new DynamoDBClient(),
    table: LEADS_TABLE,
    partition: drawPartition(Math.random),
    wait,
    now: Date.now,
  }),
);
