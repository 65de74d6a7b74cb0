import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createClockProgress, createDueItemReader } from '../../shared/clock/index.ts';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { advanceLeads } from './advance-leads.ts';
import { createSqsSender } from './due-queues.ts';
import { createLeadPageReader } from './leads-without-due-time.ts';

const { LEADS_TABLE, LEAD_QUEUE_URL, HANDOFF_QUEUE_URL, NURTURE_QUEUE_URL } = readEnvironment([
  'LEADS_TABLE',
  'LEAD_QUEUE_URL',
  'HANDOFF_QUEUE_URL',
  'NURTURE_QUEUE_URL',
]);

const dynamoDb = new DynamoDBClient();
/** The endpoint is that of the environment, as for every client, and not the host in the URL of a queue. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

export const handler = lambdaHandler(
  advanceLeads({
    readDueItems: createDueItemReader(dynamoDb, LEADS_TABLE),
    readLeadPage: createLeadPageReader(dynamoDb, LEADS_TABLE),
    send: createSqsSender(sqs, {
      lead: LEAD_QUEUE_URL,
      handoff: HANDOFF_QUEUE_URL,
      nurture: NURTURE_QUEUE_URL,
    }),
    progress: createClockProgress(dynamoDb, LEADS_TABLE),
    now: Date.now,
  }),
);
