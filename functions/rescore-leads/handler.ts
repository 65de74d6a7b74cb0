import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createRescorings } from '../../shared/rescoring/index.ts';
import { createDelayedSender } from './queues.ts';
import { rescoreLeads } from './rescore-leads.ts';
import { createLeadPageReader } from './stale-leads.ts';

const { LEADS_TABLE, SCORING_QUEUE_URL, RESCORE_QUEUE_URL } = readEnvironment([
  'LEADS_TABLE',
  'SCORING_QUEUE_URL',
  'RESCORE_QUEUE_URL',
]);

const client = new DynamoDBClient();
/** The endpoint is that of the environment, as for every client, and not the host in the URL of a queue. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = lambdaHandler(
  rescoreLeads({
    rescorings: createRescorings({ client, table: LEADS_TABLE }),
    readPage: createLeadPageReader(client, LEADS_TABLE),
    sendToScoring: createDelayedSender(sqs, SCORING_QUEUE_URL),
    sendToSelf: createDelayedSender(sqs, RESCORE_QUEUE_URL),
    now: Date.now,
  }),
);
