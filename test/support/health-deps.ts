import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { HealthDeps } from '../../functions/manage-quarantine/deps.ts';
import { createClockProgress, createDueItemReader } from '../../shared/clock/index.ts';
import { createDeliveriesOverview } from '../../shared/deliveries/index.ts';
import { countOpen } from '../../shared/quarantine/index.ts';
import { createRescorings } from '../../shared/rescoring/index.ts';
import { readSources } from '../../shared/source-status/index.ts';
import { createMemoryBucket } from './memory-bucket.ts';

/** Creates what health is read from, over the tables of a client: one source, one subscription, and one empty queue. */
export const createHealthDeps = (client: DynamoDBClient, given: Partial<HealthDeps> = {}): HealthDeps => ({
  documents: {
    sources: [{ name: 'shop', kind: 'generic', silentAfterHours: 24 }],
    subscriptions: [{ name: 'crm', kind: 'webhook' }],
  },
  clock: {
    progress: createClockProgress(client, 'leads'),
    readDueItems: createDueItemReader(client, 'leads'),
  },
  countOpen: (most) => countOpen({ client, table: 'quarantine' }, most),
  listQueues: () => ({ ScoreLeadsDeadLetters: 'a-queue' }),
  countMessages: async () => ({ waiting: 0, inFlight: 0 }),
  readSources: () => readSources(client, 'requests'),
  deliveries: createDeliveriesOverview({ client, table: 'deliveries' }),
  anchors: createMemoryBucket(),
  readRescoring: async () => (await createRescorings({ client, table: 'leads' }).read())?.job,
  ...given,
});
