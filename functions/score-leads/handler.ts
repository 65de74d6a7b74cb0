import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { createActiveModels, readModel } from '../../shared/model-store/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { wait } from '../../shared/retry/index.ts';
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
    models: createActiveModels({
      client,
      table: LEADS_TABLE,
      deployed: readModel(MODEL_FILE),
      clocks: { now: Date.now, elapsed: () => performance.now() },
    }),
    wait,
    now: Date.now,
  }),
);
