import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Quarantine, QuarantineRedactor } from './quarantine.ts';
import { readQuarantineIds, redactEvent } from './redact.ts';
import { storeRejected } from './store-rejected.ts';

/** Creates the quarantine as functions need it: to store rejected events, and to redact them. */
export const createDynamoDbQuarantine = (
  client: DynamoDBClient,
  table: string,
): Quarantine & QuarantineRedactor => {
  const quarantine = { client, table };
  return {
    store: (rejected) => storeRejected(quarantine, rejected),
    redact: (id, by) => redactEvent(quarantine, id, 'redacted', by),
    redactLead: async (leadId, by) => {
      let found = 0;
      for await (const id of readQuarantineIds(quarantine, leadId)) {
        await redactEvent(quarantine, id, 'erased', by);
        found++;
      }
      return found;
    },
  };
};
