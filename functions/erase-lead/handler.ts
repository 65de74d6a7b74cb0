import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbFollowUps } from '../../shared/follow-ups/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbEraser } from '../../shared/ledger/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { eraseLead } from './erase-lead.ts';

const { LEADS_TABLE, QUARANTINE_TABLE } = readEnvironment(['LEADS_TABLE', 'QUARANTINE_TABLE']);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  eraseLead({
    ledger: createDynamoDbEraser({ client, table: LEADS_TABLE }),
    quarantine: createDynamoDbQuarantine(client, QUARANTINE_TABLE),
    followUps: createDynamoDbFollowUps(client, LEADS_TABLE),
    now: Date.now,
  }),
);
