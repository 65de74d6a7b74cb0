import {
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { internalContracts, isCanary, sluiceSource, type Tier } from '../../events/index.ts';
import { type Item, number, S, text } from '../../shared/dynamodb/index.ts';
import { type Handoff, parseHandoff } from '../../shared/follow-ups/index.ts';
import {
  changesAttribute,
  isEntrySortKey,
  isNurtureSortKey,
  leadKey,
  leadSortKeyPrefixes,
  leadSortKeys,
  listTierKeys,
  parseHandoffId,
  parseLeadKey,
  quarantineHeadKey,
  silentChangesAttribute,
  tierIndex,
} from '../../shared/keys/index.ts';
import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import {
  createDynamoDbLedger,
  isSecondEntry,
  parseLead,
  type StoredLead,
} from '../../shared/ledger/index.ts';

/** Yields the pages of a consistent scan. */
async function* scan(client: DynamoDBClient, input: ScanCommandInput): AsyncGenerator<Item[]> {
  for await (const { Items = [] } of paginateScan({ client }, { ...input, ConsistentRead: true }))
    yield Items;
}

/** Returns the leads that are scored: without merged and erased ones, which have no score, and without canaries. */
const scoredOnly = (leads: Iterable<StoredLead>): (LeadState & StoredLead)[] =>
  [...leads].filter((lead): lead is LeadState & StoredLead => !isClosed(lead) && !isCanary(lead.leadId));

/** Yields the states of all leads that are scored, in no order. */
export async function* readStates(
  client: DynamoDBClient,
  table: string,
): AsyncGenerator<LeadState & StoredLead> {
  const pages = scan(client, {
    TableName: table,
    FilterExpression: 'sk = :state',
    ExpressionAttributeValues: { ':state': S(leadSortKeys.state) },
  });
  for await (const page of pages) yield* scoredOnly(page.map(parseLead));
}

const isHandoff = {
  expression: 'begins_with(sk, :handoff)',
  values: { ':handoff': S(leadSortKeyPrefixes.handoff) },
};

const parseHandoffs = (items: readonly Item[]): Handoff[] =>
  items.flatMap((item) => parseHandoff(item) ?? []).filter(({ leadId }) => !isCanary(leadId));

/** Yields all hand-offs, in no order. It reads the whole table, since no index has them. */
export async function* readHandoffs(client: DynamoDBClient, table: string): AsyncGenerator<Handoff> {
  const pages = scan(client, {
    TableName: table,
    FilterExpression: isHandoff.expression,
    ExpressionAttributeValues: isHandoff.values,
  });
  for await (const page of pages) yield* parseHandoffs(page);
}

/** Yields the hand-offs of one lead. */
export async function* readLeadHandoffs(
  client: DynamoDBClient,
  table: string,
  leadId: string,
): AsyncGenerator<Handoff> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: `pk = :lead AND ${isHandoff.expression}`,
      ExpressionAttributeValues: { ...isHandoff.values, ':lead': S(leadKey(leadId)) },
    },
  );
  for await (const { Items = [] } of pages) yield* parseHandoffs(Items);
}

/** Yields the states of the scored leads among those with the given ids. */
export async function* readStatesOf(
  client: DynamoDBClient,
  table: string,
  leadIds: Iterable<string>,
): AsyncGenerator<LeadState> {
  const ledger = createDynamoDbLedger({ client, table });
  const ids = [...new Set(leadIds)];
  for (let i = 0; i < ids.length; i += 100)
    yield* scoredOnly((await ledger.load(ids.slice(i, i + 100))).values());
}

/** Yields the lead ids of one partition of a tier, a hundred at a time. */
async function* readTierIds(
  client: DynamoDBClient,
  table: string,
  tierKey: string,
): AsyncGenerator<string[]> {
  const pages = paginateQuery(
    { client, pageSize: 100 },
    {
      TableName: table,
      IndexName: tierIndex.name,
      KeyConditionExpression: `${tierIndex.partitionKey} = :tier`,
      ExpressionAttributeValues: { ':tier': S(tierKey) },
    },
  );
  for await (const { Items = [] } of pages) yield Items.map((item) => parseLeadKey(text(item, 'pk')));
}

/** Yields the states of the leads of one tier, found through the index. The tier none isn't indexed. */
export async function* readTier(
  client: DynamoDBClient,
  table: string,
  tier: Exclude<Tier, 'none'>,
): AsyncGenerator<LeadState> {
  for (const tierKey of listTierKeys(tier)) {
    for await (const ids of readTierIds(client, table, tierKey)) yield* readStatesOf(client, table, ids);
  }
}

/** The number of items in a leads table, by the kind that their sort keys show. */
export interface TableCounts {
  /** The ledger entries of events that came in. */
  readonly entries: number;
  /** The ledger entries by which a lead's time was advanced and changed it. */
  readonly clockEntries: number;
  /** The leads of which an event was history. */
  readonly leadsWithHistory: number;
  readonly nurtured: number;
  readonly handoffs: number;
}

/** Returns whether an entry of the clock settled a lead: then it says so, or it changed nothing. */
const settles = (item: Item): boolean =>
  item[changesAttribute]?.S === undefined || item[changesAttribute].S.includes('"trigger":"backfill"');

/** Counts the items of a leads table. The second entry of a merge isn't counted, nor is an expiry, which no producer sends. */
export const countItems = async (client: DynamoDBClient, table: string): Promise<TableCounts> => {
  let entries = 0;
  let clockEntries = 0;
  const withHistory = new Set<string>();
  let nurtured = 0;
  let handoffs = 0;
  const pages = scan(client, {
    TableName: table,
    ProjectionExpression: 'pk, sk, track, #other, standing, commitment, #type, #source, #silent, #changes',
    ExpressionAttributeNames: {
      '#other': 'other',
      '#type': 'type',
      '#source': 'source',
      '#silent': silentChangesAttribute,
      '#changes': changesAttribute,
    },
  });
  for await (const page of pages) {
    for (const item of page) {
      const sk = text(item, 'sk');
      if (isEntrySortKey(sk)) {
        if (item[silentChangesAttribute] !== undefined) withHistory.add(text(item, 'pk'));
        if (item.source?.S !== sluiceSource) entries += isSecondEntry(item) ? 0 : 1;
        else if (item.type?.S === internalContracts.LeadClockAdvanced.detailType && !settles(item))
          clockEntries++;
      } else if (isNurtureSortKey(sk) && item.track !== undefined) nurtured++;
      else if (parseHandoffId(sk) !== undefined) handoffs++;
    }
  }
  return { entries, clockEntries, leadsWithHistory: withHistory.size, nurtured, handoffs };
};

/** Returns how often events were quarantined. One that came twice counts twice. */
export const countQuarantined = async (client: DynamoDBClient, table: string): Promise<number> => {
  let times = 0;
  const pages = scan(client, {
    TableName: table,
    FilterExpression: 'sk = :meta',
    ExpressionAttributeValues: { ':meta': S(quarantineHeadKey) },
  });
  for await (const page of pages) for (const item of page) times += number(item, 'times');
  return times;
};
