import {
  type DynamoDBClient,
  paginateQuery,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { internalContracts, isCanary, sluiceSource, type Tier } from '../../events/index.ts';
import { getItems, type Item, listIndexKeys, number, S, text } from '../../shared/dynamodb/index.ts';
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
  queueIndex,
  silentChangesAttribute,
  tierIndex,
} from '../../shared/keys/index.ts';
import { isListed, type LeadState } from '../../shared/lead/index.ts';
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
  for await (const page of pages) yield* page.map(parseLead).filter(isListed);
}

const isHandoff = {
  expression: 'begins_with(sk, :handoff)',
  values: { ':handoff': S(leadSortKeyPrefixes.handoff) },
};

const parseHandoffs = (items: readonly Item[]): Handoff[] =>
  items.flatMap((item) => parseHandoff(item) ?? []).filter(({ leadId }) => !isCanary(leadId));

/** Yields all hand-offs, in no order. It reads the whole table. */
export async function* readHandoffs(client: DynamoDBClient, table: string): AsyncGenerator<Handoff> {
  const pages = scan(client, {
    TableName: table,
    FilterExpression: isHandoff.expression,
    ExpressionAttributeValues: isHandoff.values,
  });
  for await (const page of pages) yield* parseHandoffs(page);
}

/** Yields the hand-offs of one queue in one state, in no order. */
export async function* readQueue(
  client: DynamoDBClient,
  table: string,
  { queue, status }: { readonly queue: string; readonly status: string },
): AsyncGenerator<Handoff> {
  const range = { index: queueIndex, partition: queue, sort: status };
  for await (const keys of listIndexKeys({ client, table }, range))
    yield* parseHandoffs(await getItems({ client, table }, keys));
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
    yield* [...(await ledger.load(ids.slice(i, i + 100))).values()].filter(isListed);
}

/** Yields the states of the leads of one tier, found through the index. The tier none isn't indexed. */
export async function* readTier(
  client: DynamoDBClient,
  table: string,
  tier: Exclude<Tier, 'none'>,
): AsyncGenerator<LeadState> {
  for (const tierKey of listTierKeys(tier)) {
    for await (const keys of listIndexKeys({ client, table }, { index: tierIndex, partition: tierKey }))
      yield* readStatesOf(
        client,
        table,
        keys.map(({ pk }) => parseLeadKey(pk)),
      );
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
