import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../dynamodb/index.ts';
import {
  entryRange,
  isEntrySortKey,
  isLeadKey,
  type Key,
  leadSortKeys,
  parseLeadKey,
} from '../../keys/index.ts';
import type { StoredLedger } from './read-lead.ts';

export interface Segment {
  readonly segment: number;
  readonly segments: number;
  /** The last item that an earlier walk has read. */
  readonly after?: Key | undefined;
}

/** A lead as a scan read it, item by item: a commit may have happened in between. */
export interface WalkedLead extends StoredLedger {
  /** The key of the lead's last item, after which another walk can continue. */
  readonly last: Key;
}

/** Gathers the items of one lead: a scan yields the items of a partition together, sorted by sort key. */
class LeadGatherer {
  readonly leadId: string;
  readonly #entries: Item[] = [];
  #state: Item | undefined;
  #last: Key;

  constructor(key: Key) {
    this.leadId = parseLeadKey(key.pk);
    this.#last = key;
  }

  add(item: Item, key: Key): void {
    if (isEntrySortKey(key.sk)) this.#entries.push(item);
    else this.#state = item;
    this.#last = key;
  }

  get lead(): WalkedLead {
    return { leadId: this.leadId, state: this.#state, entries: this.#entries, last: this.#last };
  }
}

async function* scan(
  client: DynamoDBClient,
  table: string,
  { segment, segments, after }: Segment,
): AsyncGenerator<Item> {
  const pages = paginateScan(
    { client, ...(after !== undefined && { startingToken: { pk: S(after.pk), sk: S(after.sk) } }) },
    {
      TableName: table,
      ConsistentRead: true,
      Segment: segment,
      TotalSegments: segments,
      FilterExpression: 'begins_with(sk, :entry) OR sk = :state',
      ExpressionAttributeValues: { ':entry': S(entryRange.from), ':state': S(leadSortKeys.state) },
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}

/** Walks over one segment of the table, lead by lead, with one lead in memory at a time. */
export async function* walkTable(
  client: DynamoDBClient,
  table: string,
  segment: Segment,
): AsyncGenerator<WalkedLead> {
  let gatherer: LeadGatherer | undefined;
  for await (const item of scan(client, table, segment)) {
    const key = { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' };
    if (!isLeadKey(key.pk)) continue;
    if (gatherer?.leadId !== parseLeadKey(key.pk)) {
      if (gatherer !== undefined) yield gatherer.lead;
      gatherer = new LeadGatherer(key);
    }
    gatherer.add(item, key);
  }
  if (gatherer !== undefined) yield gatherer.lead;
}
