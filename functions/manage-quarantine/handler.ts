import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createBus } from '../../shared/bus/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createDynamoDbQuarantineAdmin } from '../../shared/quarantine/index.ts';
import { createDynamoDbRequests } from '../../shared/requests/index.ts';
import { fullJitter, wait } from '../../shared/retry/index.ts';
import { manageQuarantine } from './manage-quarantine.ts';

const { QUARANTINE_TABLE, REQUESTS_TABLE, BUS_NAME } = readEnvironment([
  'QUARANTINE_TABLE',
  'REQUESTS_TABLE',
  'BUS_NAME',
]);
const client = new DynamoDBClient();

export const handler = lambdaHandler(
  manageQuarantine({
    quarantine: createDynamoDbQuarantineAdmin(client, QUARANTINE_TABLE),
    requests: createDynamoDbRequests({ client, table: REQUESTS_TABLE, now: Date.now }),
    bus: createBus({
      client: new EventBridgeClient(),
      busName: BUS_NAME,
      pause: (attempt) => wait(fullJitter(attempt)),
    }),
    now: Date.now,
  }),
);
