import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createBus } from '../../shared/bus/index.ts';
import { createIdentities } from '../../shared/identity/index.ts';
import { createIntake, readDeployedSources } from '../../shared/intake/index.ts';
import { errorFields, lambdaHandler, logger, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbQuarantine } from '../../shared/quarantine/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { createIdentityKey, createSecrets } from '../../shared/secrets/index.ts';
import { createSourceNotes } from '../../shared/source-status/index.ts';
import { isWebhookSource } from '../../shared/sources/index.ts';
import { receiveWebhooks } from './receive-webhooks.ts';
import { createTakenRequests } from './taken-requests.ts';

const environment = readEnvironment([
  'REQUESTS_TABLE',
  'IDENTITIES_TABLE',
  'QUARANTINE_TABLE',
  'LEADS_TABLE',
  'BUS_NAME',
  'SOURCES_FILE',
  'SOURCE_SECRETS_ID',
  'IDENTITY_KEY_ID',
  'HOOKS_URL',
]);
const sources = readDeployedSources(environment.SOURCES_FILE, import.meta.dirname).filter(isWebhookSource);
const client = new DynamoDBClient();
const secretsManager = new SecretsManagerClient();
const now = Date.now;
const requests = { client, table: environment.REQUESTS_TABLE, now };

export const handler = lambdaHandler(
  receiveWebhooks({
    sources: new Map(sources.map((source) => [source.name, source])),
    hooksUrl: environment.HOOKS_URL,
    secrets: createSecrets({
      client: secretsManager,
      secretId: environment.SOURCE_SECRETS_ID,
      now,
      onStale: (error) => logger.warn('secrets not read; those read before are used', errorFields(error)),
    }),
    intake: createIntake({
      identities: createIdentities({
        client,
        table: environment.IDENTITIES_TABLE,
        leadsTable: environment.LEADS_TABLE,
        key: createIdentityKey({ client: secretsManager, secretId: environment.IDENTITY_KEY_ID }),
        now,
      }),
      bus: createBus({
        client: new EventBridgeClient(),
        busName: environment.BUS_NAME,
        pause: (attempt) => wait(fullJitter(attempt)),
      }),
      quarantine: createDynamoDbQuarantine(client, environment.QUARANTINE_TABLE),
      now,
    }),
    taken: createTakenRequests(requests),
    notes: createSourceNotes(requests),
    now,
  }),
);
