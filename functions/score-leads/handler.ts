import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbLedger, createDynamoDbQuarantine, wait } from '../../shared/ledger/index.ts';
import { readModel } from './active-model.ts';
import { scoreLeads } from './score-leads.ts';

const { LEADS_TABLE, QUARANTINE_TABLE, MODEL_FILE } = readEnvironment([
  'LEADS_TABLE',
  'QUARANTINE_TABLE',
  'MODEL_FILE',
]);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  scoreLeads({
    ledger: createDynamoDbLedger({ client, table: LEADS_TABLE }),
    quarantine: createDynamoDbQuarantine(client, QUARANTINE_TABLE),
    model: readModel(MODEL_FILE),
    wait,
    now: Date.now,
  }),
);
