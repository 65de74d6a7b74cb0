import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  createDynamoDbDeliveries,
  createHttpSender,
  createPoke,
  createTargetMemory,
  readDeployedSubscriptions,
} from '../../shared/deliveries/index.ts';
import { errorFields, lambdaHandler, logger, readEnvironment } from '../../shared/lambda/index.ts';
import { wait } from '../../shared/retry/index.ts';
import { createSecrets } from '../../shared/secrets/index.ts';
import { createTarget } from './create-target.ts';
import { createAttributeReader } from './read-attributes.ts';
import { sendDeliveries } from './send-deliveries.ts';

const { DELIVERIES_TABLE, LEADS_TABLE, SUBSCRIPTIONS_FILE, TARGET_SECRETS_ID, SEND_QUEUE_URL } =
  readEnvironment([
    'DELIVERIES_TABLE',
    'LEADS_TABLE',
    'SUBSCRIPTIONS_FILE',
    'TARGET_SECRETS_ID',
    'SEND_QUEUE_URL',
  ]);

const now = Date.now;
const client = new DynamoDBClient();
const deliveriesTable = { client, table: DELIVERIES_TABLE };
const http = createHttpSender({ now, allowLoopback: process.env.ALLOW_LOOPBACK_TARGETS === 'true' });
const secrets = createSecrets({
  client: new SecretsManagerClient(),
  secretId: TARGET_SECRETS_ID,
  now,
  onStale: (error) => logger.warn('secrets not read; those read before are used', errorFields(error)),
});

export const handler = lambdaHandler(
  sendDeliveries({
    subscriptions: readDeployedSubscriptions(SUBSCRIPTIONS_FILE),
    deliveries: createDynamoDbDeliveries(deliveriesTable),
    readAttributes: createAttributeReader({ client, table: LEADS_TABLE }),
    createTarget: (subscription) =>
      createTarget(subscription, {
        secrets,
        memory: createTargetMemory({ ...deliveriesTable, subscription: subscription.name, now }),
        http,
        now,
        wait,
      }),
    // The endpoint is that of the environment, as for every client, and not the host in the URL of a queue.
    poke: createPoke(new SQSClient({ useQueueUrlAsEndpoint: false }), SEND_QUEUE_URL),
    // An attempt that begins at the end of the run, and storing its result, still end within 90 seconds.
    bounds: { runMs: 45_000, attemptMs: 20_000, deliveries: 5_000 },
    closeConnections: http.close,
    newOwner: randomUUID,
    now,
    wait,
  }),
);
