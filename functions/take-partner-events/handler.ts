import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createBus } from '../../shared/bus/index.ts';
import { createIdentities } from '../../shared/identity/index.ts';
import { createIntake, readDeployedSources } from '../../shared/intake/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { createIdentityKey } from '../../shared/secrets/index.ts';
import { createSourceNotes } from '../../shared/source-status/index.ts';
import { isWebhookSource } from '../../shared/sources/index.ts';
import { takePartnerEvents } from './take-partner-events.ts';

const environment = readEnvironment([
  'REQUESTS_TABLE',
  'IDENTITIES_TABLE',
  'QUARANTINE_TABLE',
  'LEADS_TABLE',
  'BUS_NAME',
  'SOURCES_FILE',
  'IDENTITY_KEY_ID',
]);
const sources = readDeployedSources(environment.SOURCES_FILE, import.meta.dirname);
const client = new DynamoDBClient();
const now = Date.now;
const quarantine = createDynamoDbQuarantine(client, environment.QUARANTINE_TABLE);

export const handler = lambdaHandler(
  takePartnerEvents({
    sources: sources.filter((source) => !isWebhookSource(source)),
    intake: createIntake({
      identities: createIdentities({
        client,
        table: environment.IDENTITIES_TABLE,
        leadsTable: environment.LEADS_TABLE,
        key: createIdentityKey({
          client: new SecretsManagerClient(),
          secretId: environment.IDENTITY_KEY_ID,
        }),
        now,
      }),
      bus: createBus({
        client: new EventBridgeClient(),
        busName: environment.BUS_NAME,
        pause: (attempt) => wait(fullJitter(attempt)),
      }),
      quarantine,
      now,
    }),
    quarantine,
    notes: createSourceNotes({ client, table: environment.REQUESTS_TABLE, now }),
    now,
  }),
);
