import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { S, selectAttributes, text } from '../../shared/dynamodb/index.ts';
import { dueIndex, type Key, leadSortKeys, parseLeadKey } from '../../shared/keys/index.ts';

/** A page of a scan, with the leads in it. Most items of a table are entries, so it may be empty. */
interface LeadPage {
  readonly leadIds: readonly string[];
  /** The key after which the next page begins; undefined at the end of the table. */
  readonly last: Key | undefined;
}

/**
 * Reads a page of the leads that are open and have no due time, or one before an instant (in milliseconds since 1970)
 * from which on the index is read.
 */
export type ReadLeadPage = (after: Key | undefined, since: number) => Promise<LeadPage>;

const select = selectAttributes(['pk']);

/** Creates a reader that doesn't read consistently: a lead that is committed meanwhile gets its due time by that. */
export const createLeadPageReader =
  (client: DynamoDBClient, table: string): ReadLeadPage =>
  async (after, since) => {
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new ScanCommand({
        TableName: table,
        ...(after !== undefined && { ExclusiveStartKey: { pk: S(after.pk), sk: S(after.sk) } }),
        ...select,
        ExpressionAttributeNames: { ...select.ExpressionAttributeNames, '#status': 'status' },
        FilterExpression: `sk = :state AND (attribute_not_exists(${dueIndex.sortKey}) OR ${dueIndex.sortKey} < :since) AND NOT #status IN (:merged, :erased)`,
        ExpressionAttributeValues: {
          ':state': S(leadSortKeys.state),
          ':since': S(new Date(since).toISOString()),
          ':merged': S('merged'),
          ':erased': S('erased'),
        },
      }),
    );
    return {
      leadIds: Items.map((item) => parseLeadKey(text(item, 'pk'))),
      last: last && { pk: text(last, 'pk'), sk: text(last, 'sk') },
    };
  };
