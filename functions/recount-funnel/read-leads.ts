import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { getItems, type Item, number, S, selectAttributes, text } from '../../shared/dynamodb/index.ts';
import {
  type Cell,
  type Counted,
  countedAttributes,
  parseCounted,
  readFunnelCell,
} from '../../shared/funnel-counts/index.ts';
import { funnelKey, type Key, leadSortKeys, parseLeadKey, stateKey } from '../../shared/keys/index.ts';

/** A lead with the cell in which it must be counted, and what was counted of it. */
export interface ReadLead {
  readonly leadId: string;
  /** The version of its state; 0 if it has none. */
  readonly version: number;
  readonly cell: Cell | undefined;
  readonly counted: Counted | undefined;
}

/** The attributes that are read of a lead. Rights are limited to them; see infra/constructs/item-attributes.ts. */
const attributes = [
  ...['pk', 'sk', 'version', 'status', 'stage', 'tier', 'announced'],
  ...countedAttributes,
] as const;

/** @throws UnreadableItemError */
const buildLead = (leadId: string, items: readonly Item[]): ReadLead => {
  const at = (sk: string) => items.find((item) => item.sk?.S === sk);
  const [state, counted] = [at(leadSortKeys.state), at(leadSortKeys.funnel)];
  return {
    leadId,
    version: state === undefined ? 0 : number(state, 'version'),
    cell: state === undefined ? undefined : readFunnelCell(state),
    counted: counted === undefined ? undefined : parseCounted(counted),
  };
};

const groupByLead = (items: readonly Item[]): ReadLead[] =>
  [...Map.groupBy(items, (item) => parseLeadKey(text(item, 'pk')))].map(([leadId, ofLead]) =>
    buildLead(leadId, ofLead),
  );

/** Reads some leads, consistently. One of which nothing is stored is left out. */
export const readLeads = async (
  client: DynamoDBClient,
  table: string,
  leadIds: readonly string[],
): Promise<ReadLead[]> =>
  groupByLead(
    await getItems(
      { client, table },
      leadIds.flatMap((leadId) => [stateKey(leadId), funnelKey(leadId)]),
      attributes,
    ),
  );

/** The part of a table that one scan reads. */
export interface Segment {
  readonly segment: number;
  readonly segments: number;
  readonly after?: Key | undefined;
  readonly pageSize?: number | undefined;
}

/** A page of a scan: the leads that were read to their end. */
export interface LeadPage {
  readonly leads: readonly ReadLead[];
  /** The last item of the last of these leads: a scan can go on after it. Undefined if the page has none. */
  readonly last: Key | undefined;
}

/**
 * Yields the leads of a part of the table, page by page. A scan yields the items of a lead together, but maybe on two
 * pages; the lead is then on the second one. It is read consistently, so that nothing is missed that was counted before.
 */
export async function* scanLeads(
  client: DynamoDBClient,
  table: string,
  { segment, segments, after, pageSize }: Segment,
): AsyncGenerator<LeadPage> {
  const select = selectAttributes(attributes);
  let next: Item | undefined = after && { pk: S(after.pk), sk: S(after.sk) };
  let begun: Item[] = [];
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Segment: segment,
        TotalSegments: segments,
        ...(next !== undefined && { ExclusiveStartKey: next }),
        ...(pageSize !== undefined && { Limit: pageSize }),
        ...select,
        FilterExpression: 'sk IN (:state, :funnel)',
        ExpressionAttributeValues: { ':state': S(leadSortKeys.state), ':funnel': S(leadSortKeys.funnel) },
      }),
    );
    const items = [...begun, ...Items];
    // Another page may have more of the last lead, unless the state is there, which is the last item of a lead.
    const isWhole = LastEvaluatedKey === undefined || items.at(-1)?.sk?.S === leadSortKeys.state;
    const open = isWhole ? undefined : items.at(-1)?.pk?.S;
    begun = items.filter(({ pk }) => pk?.S === open);
    const whole = items.filter(({ pk }) => pk?.S !== open);
    const last = whole.at(-1);
    yield {
      leads: groupByLead(whole),
      last: last && { pk: text(last, 'pk'), sk: text(last, 'sk') },
    };
    next = LastEvaluatedKey;
  } while (next !== undefined);
}
