import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { text } from '../../shared/dynamodb/index.ts';
import { dueIndex, leadSortKeys } from '../../shared/keys/index.ts';

/** The earliest instants at which something is due, in milliseconds since 1970; infinite if nothing is. */
export interface EarliestDue {
  /** That of a lead itself. */
  readonly lead: number;
  /** That of a hand-off or a nurture track. */
  readonly followUp: number;
}

/** Reads the index by due time. It contains open items only. */
export const readEarliestDue = async (client: DynamoDBClient, table: string): Promise<EarliestDue> => {
  let [lead, followUp] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: table, IndexName: dueIndex.name },
  )) {
    for (const item of Items) {
      const at = Date.parse(text(item, dueIndex.sortKey));
      if (text(item, 'sk') === leadSortKeys.state) lead = Math.min(lead, at);
      else followUp = Math.min(followUp, at);
    }
  }
  return { lead, followUp };
};
