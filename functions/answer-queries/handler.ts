import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createActiveModels, readModel } from '../../shared/model-store/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import { answerQueries } from './answer-queries.ts';

const { LEADS_TABLE, IDENTITIES_TABLE, REQUESTS_TABLE, MODEL_FILE } = readEnvironment([
  'LEADS_TABLE',
  'IDENTITIES_TABLE',
  'REQUESTS_TABLE',
  'MODEL_FILE',
]);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  answerQueries({
    client,
    leadsTable: LEADS_TABLE,
    identitiesTable: IDENTITIES_TABLE,
    requests: createDynamoDbRequests({ client, table: REQUESTS_TABLE, now: Date.now }),
    models: createActiveModels({
      client,
      table: LEADS_TABLE,
      deployed: readModel(MODEL_FILE),
      clocks: { now: Date.now, elapsed: () => performance.now() },
      storesFirst: false,
    }),
    now: Date.now,
  }),
);
