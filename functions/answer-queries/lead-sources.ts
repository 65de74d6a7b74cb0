import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Tier, tiers } from '../../events/index.ts';
import { type IndexKey, readIndexPage, S, type TableProps, text } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, listTierKeys, tierIndex } from '../../shared/keys/index.ts';
import type { Source } from './page-through.ts';

/** A list of leads that have one tier. */
export interface LeadSource extends Source {
  readonly tier: Tier;
}

/**
 * Reads the partitions of a tier in the index, one after the other. Those of a small table are nearly empty, so twice as
 * many are read at once for as long as too little is found.
 */
const buildIndexSource = (table: TableProps, tier: Tier): LeadSource => ({
  id: tier,
  tier,
  read: async (after, { wanted, most }) => {
    const partitions = listTierKeys(tier);
    const keys: IndexKey[] = [];
    let from = after;
    let read = 0;
    let first = from === undefined ? 0 : partitions.indexOf(from[tierIndex.partitionKey] ?? '');
    for (let width = 1; first < partitions.length; width *= 2) {
      const lacking = Math.min(wanted - keys.length, most - read);
      if (lacking <= 0) return { keys, next: keys.at(-1), read };
      const count = Math.min(width, Math.floor((most - read) / lacking));
      const pages = await Promise.all(
        partitions.slice(first, first + count).map((partition, i) => {
          const begin = i === 0 ? from : undefined;
          return readIndexPage(table, { index: tierIndex, partition }, { after: begin, most: lacking });
        }),
      );
      read += pages.reduce((sum, page) => sum + page.keys.length, 0);
      const cut = pages.findIndex(({ next }) => next !== undefined);
      keys.push(...pages.slice(0, cut < 0 ? count : cut + 1).flatMap((page) => page.keys));
      if (cut >= 0) return { keys, next: pages[cut]?.next, read };
      first += count;
      from = undefined;
    }
    return { keys, next: undefined, read };
  },
});

/** A table has many more items than leads: fewer in one request would make many requests. */
const leastScanned = 100;

/** Finds the leads of tier none by a scan: no index has them. */
const buildScanSource = ({ client, table }: TableProps): LeadSource => ({
  id: 'none',
  tier: 'none',
  read: async (after, { wanted, most }) => {
    const {
      Items = [],
      ScannedCount = 0,
      LastEvaluatedKey: last,
    } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Select: 'SPECIFIC_ATTRIBUTES',
        ProjectionExpression: 'pk, sk',
        FilterExpression: 'sk = :state AND #tier = :none',
        ExpressionAttributeNames: { '#tier': 'tier' },
        ExpressionAttributeValues: { ':state': S(leadSortKeys.state), ':none': S('none') },
        Limit: Math.min(most, Math.max(leastScanned, wanted)),
        ...(after !== undefined && { ExclusiveStartKey: { pk: S(after.pk), sk: S(after.sk) } }),
      }),
    );
    const keys = [...Items, ...(last === undefined ? [] : [last])].map((item) => ({
      pk: text(item, 'pk'),
      sk: text(item, 'sk'),
    }));
    return {
      keys: keys.slice(0, Items.length),
      next: keys[Items.length],
      read: ScannedCount,
    };
  },
});

/** Lists where the leads of a tier are found, or those of all tiers, from the best to none. */
export const listLeadSources = (table: TableProps, asked: Tier | undefined): LeadSource[] =>
  (asked === undefined ? tiers.toReversed() : [asked]).map((tier) =>
    tier === 'none' ? buildScanSource(table) : buildIndexSource(table, tier),
  );
