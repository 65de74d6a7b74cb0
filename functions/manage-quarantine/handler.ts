import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createBucketReader } from '../../shared/anchors/index.ts';
import { createBus } from '../../shared/bus/index.ts';
import { createClockProgress, createDueItemReader } from '../../shared/clock/index.ts';
import { countMessages } from '../../shared/dead-letters/index.ts';
import { createDeliveriesOverview } from '../../shared/deliveries/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { countOpen, createDynamoDbQuarantineAdmin } from '../../shared/quarantine/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import { createRescorings } from '../../shared/rescoring/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { readSources } from '../../shared/source-status/index.ts';
import { readHealthDocuments } from './health-documents.ts';
import { manageQuarantine } from './manage-quarantine.ts';

const {
  LEADS_TABLE,
  QUARANTINE_TABLE,
  REQUESTS_TABLE,
  DELIVERIES_TABLE,
  ANCHORS_BUCKET,
  BUS_NAME,
  HEALTH_FILE,
  DEAD_LETTERS,
  QUEUES_URL,
} = readEnvironment([
  'LEADS_TABLE',
  'QUARANTINE_TABLE',
  'REQUESTS_TABLE',
  'DELIVERIES_TABLE',
  'ANCHORS_BUCKET',
  'BUS_NAME',
  'HEALTH_FILE',
  'DEAD_LETTERS',
  'QUEUES_URL',
]);
const client = new DynamoDBClient();
/** The endpoint is that of the environment, as for every client, and not the host in the URL of a queue. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
const leads = { client, table: LEADS_TABLE };

export const handler = lambdaHandler(
  manageQuarantine({
    quarantine: createDynamoDbQuarantineAdmin(client, QUARANTINE_TABLE),
    requests: createDynamoDbRequests({ client, table: REQUESTS_TABLE, now: Date.now }),
    bus: createBus({
      client: new EventBridgeClient(),
      busName: BUS_NAME,
      pause: (attempt) => wait(fullJitter(attempt)),
    }),
    health: {
      documents: readHealthDocuments(HEALTH_FILE),
      clock: {
        progress: createClockProgress(client, LEADS_TABLE),
        readDueItems: createDueItemReader(client, LEADS_TABLE),
      },
      countOpen: (most) => countOpen({ client, table: QUARANTINE_TABLE }, most),
      listQueues: () => JSON.parse(DEAD_LETTERS) as Record<string, string>,
      // All queues have one URL but for their names, and a function has room for 4 KB of variables.
      countMessages: (name) => countMessages(sqs, QUEUES_URL.replace(/[^/]*$/, name)),
      readSources: () => readSources(client, REQUESTS_TABLE),
      deliveries: createDeliveriesOverview({ client, table: DELIVERIES_TABLE }),
      anchors: createBucketReader(ANCHORS_BUCKET),
      readRescoring: async () => (await createRescorings(leads).read())?.job,
    },
    now: Date.now,
  }),
);
