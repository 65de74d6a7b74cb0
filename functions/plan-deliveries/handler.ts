import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import {
  createDynamoDbDeliveries,
  createPoke,
  readDeployedSubscriptions,
} from '../../shared/deliveries/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { planDeliveries } from './plan-deliveries.ts';

const { DELIVERIES_TABLE, SUBSCRIPTIONS_FILE, SEND_QUEUE_URL } = readEnvironment([
  'DELIVERIES_TABLE',
  'SUBSCRIPTIONS_FILE',
  'SEND_QUEUE_URL',
]);

export const handler = lambdaHandler(
  planDeliveries({
    subscriptions: readDeployedSubscriptions(SUBSCRIPTIONS_FILE),
    deliveries: createDynamoDbDeliveries({ client: new DynamoDBClient(), table: DELIVERIES_TABLE }),
    // The endpoint is that of the environment, as for every client, and not the host in the URL of a queue.
    poke: createPoke(new SQSClient({ useQueueUrlAsEndpoint: false }), SEND_QUEUE_URL),
    now: Date.now,
  }),
);
