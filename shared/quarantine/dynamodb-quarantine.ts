import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Quarantine, QuarantineEraser } from './quarantine.ts';
import { erase, idsOfLead } from './redact.ts';
import { keepIn } from './store-rejected.ts';

/** The quarantine as functions need it: to keep, and to erase. */
export const createDynamoDbQuarantine = (
  client: DynamoDBClient,
  table: string,
): Quarantine & QuarantineEraser => {
  const place = { client, table };
  return {
    keep: (rejected) => keepIn(place, rejected),
    purgeOne: (id, by) => erase(place, id, 'withheld', by),
    purge: async (leadId, by) => {
      let found = 0;
      for await (const id of idsOfLead(place, leadId)) {
        await erase(place, id, 'erased', by);
        found++;
      }
      return found;
    },
  };
};
