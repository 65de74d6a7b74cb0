import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createIdentityEraser } from '../../shared/identity/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbErasureReader } from '../../shared/ledger/index.ts';
import { keepIdentities } from './keep-identities.ts';

const { IDENTITIES_TABLE, LEADS_TABLE } = readEnvironment(['IDENTITIES_TABLE', 'LEADS_TABLE']);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  keepIdentities({
    leads: createDynamoDbErasureReader({ client, table: LEADS_TABLE }),
    identities: createIdentityEraser({ client, table: IDENTITIES_TABLE }),
  }),
);
