import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { isCanary } from '../../events/index.ts';
import { type Item, S, text } from '../dynamodb/index.ts';
import { type Handoff, parseHandoff } from '../follow-ups/index.ts';
import { isEntrySortKey, leadSortKeyPrefixes, leadSortKeys } from '../keys/index.ts';
import { type LedgerEntry, parseEntry, parseLead, type StoredLead } from '../ledger/index.ts';

/** One item of a lead. The entries come in the order of their sort keys, then its hand-offs, and the state after them. */
export type LeadItem =
  | { readonly kind: 'entry'; readonly leadId: string; readonly entry: LedgerEntry }
  | { readonly kind: 'handoff'; readonly leadId: string; readonly handoff: Handoff }
  | { readonly kind: 'state'; readonly leadId: string; readonly state: StoredLead };

const parse = (item: Item): LeadItem | undefined => {
  const sk = text(item, 'sk');
  if (isEntrySortKey(sk)) {
    const entry = parseEntry(item);
    return { kind: 'entry', leadId: entry.leadId, entry };
  }
  if (sk !== leadSortKeys.state) {
    const handoff = parseHandoff(item);
    return handoff && { kind: 'handoff', leadId: handoff.leadId, handoff };
  }
  const state = parseLead(item);
  return { kind: 'state', leadId: state.leadId, state };
};

/**
 * Yields the items of all leads of a table, except canaries, in one pass, a page at a time: a scan yields the items of
 * a partition together and by sort key, and EVENT#… and HANDOFF#… sort before STATE. Memory doesn't grow with the number of items.
 *
 * @param onPage is called with the number of items that each page read, those that are left out included; what it
 * throws ends the reading
 */
export async function* readLeads(
  client: DynamoDBClient,
  table: string,
  onPage: (items: number) => void = () => {},
): AsyncGenerator<LeadItem> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: 'begins_with(sk, :entry) OR begins_with(sk, :handoff) OR sk = :state',
      ExpressionAttributeValues: {
        ':entry': S(leadSortKeyPrefixes.entry),
        ':handoff': S(leadSortKeyPrefixes.handoff),
        ':state': S(leadSortKeys.state),
      },
    },
  );
  for await (const { Items = [], ScannedCount = 0 } of pages) {
    onPage(ScannedCount);
    for (const item of Items) {
      const read = parse(item);
      if (read !== undefined && !isCanary(read.leadId)) yield read;
    }
  }
}
