import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Tier, tiers } from '../../events/index.ts';
import { readIndexPage, S, type TableProps, text } from '../../shared/dynamodb/index.ts';
import { leadSortKeys, listTierKeys, tierIndex } from '../../shared/keys/index.ts';
import type { Source } from './page-through.ts';

/** A list of leads that have one tier. */
export interface LeadSource extends Source {
  readonly tier: Tier;
}

const buildIndexSource = (table: TableProps, tier: Tier, partition: string): LeadSource => ({
  id: partition,
  tier,
  read: async (after, { wanted }) => {
    const page = await readIndexPage(table, { index: tierIndex, partition }, { after, most: wanted });
    return { ...page, read: page.keys.length };
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
  (asked === undefined ? tiers.toReversed() : [asked]).flatMap((tier) =>
    tier === 'none'
      ? [buildScanSource(table)]
      : listTierKeys(tier).map((partition) => buildIndexSource(table, tier, partition)),
  );
