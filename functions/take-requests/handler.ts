import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createBucketReader } from '../../shared/anchors/index.ts';
import { createBus } from '../../shared/bus/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { takeRequests } from './take-requests.ts';

const { LEADS_TABLE, REQUESTS_TABLE, ANCHORS_BUCKET, BUS_NAME } = readEnvironment([
  'LEADS_TABLE',
  'REQUESTS_TABLE',
  'ANCHORS_BUCKET',
  'BUS_NAME',
]);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  takeRequests({
    client,
    leadsTable: LEADS_TABLE,
    requests: createDynamoDbRequests({ client, table: REQUESTS_TABLE, now: Date.now }),
    bus: createBus({
      client: new EventBridgeClient(),
      busName: BUS_NAME,
      pause: (attempt) => wait(fullJitter(attempt)),
    }),
    anchors: createBucketReader(ANCHORS_BUCKET),
    now: Date.now,
    newId: randomUUID,
  }),
);
