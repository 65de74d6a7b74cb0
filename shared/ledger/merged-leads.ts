import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { getItems, S, selectAttributes, type TableProps, text } from '../dynamodb/index.ts';
import { entryRange, leadKey, stateKey } from '../keys/index.ts';
import { endsErased } from './ends-erased.ts';

/** Tells functions other than `erase-lead` whom an erasure is about. It reads nothing that a lead has said. */
export interface ErasureReader {
  /** Returns whether a lead is erased, or merged, directly or not, into one that is. */
  isErased(leadId: string): Promise<boolean>;
  /** Returns the other leads that the merges in a lead's ledger name, even if its entries are erased. */
  listMerged(leadId: string): Promise<readonly string[]>;
}

export const createDynamoDbErasureReader = ({ client, table }: TableProps): ErasureReader => {
  const readStatus = async (leadId: string) => {
    const [item] = await getItems({ client, table }, [stateKey(leadId)], ['status', 'mergedInto']);
    if (item === undefined) return undefined;
    const status = text(item, 'status');
    return item.mergedInto === undefined ? { status } : { status, mergedInto: text(item, 'mergedInto') };
  };

  const listMerged = async (leadId: string): Promise<readonly string[]> => {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
        FilterExpression: '#type = :merged',
        ...selectAttributes(['type', 'other']),
        ExpressionAttributeValues: {
          ':pk': S(leadKey(leadId)),
          ':entry': S(entryRange.from),
          ':merged': S('LeadsMerged'),
        },
      },
    );
    const found = new Set<string>();
    for await (const { Items = [] } of pages)
      for (const { other } of Items) if (other?.S !== undefined) found.add(other.S);
    return [...found];
  };

  return { isErased: (leadId) => endsErased(readStatus, leadId), listMerged };
};
