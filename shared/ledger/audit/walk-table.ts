import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../../dynamodb/index.ts';
import { entryRange, isEntrySortKey, isLeadKey, type Key, parseLeadKey } from '../../keys/index.ts';
import type { StoredLedger } from './read-lead.ts';

export interface Segment {
  readonly segment: number;
  readonly segments: number;
  /** Where an earlier walk had come to. */
  readonly after?: Key | undefined;
}

/** A lead as a scan came across it: its items were read one after the other, so that a commit may lie in between. */
export interface WalkedLead extends StoredLedger {
  /** Where to go on after this lead. */
  readonly last: Key;
}

/** Only ever one lead in memory; a scan yields the items of a partition together, by sort key. */
class Gathering {
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

  whole(): WalkedLead {
    return { leadId: this.leadId, state: this.#state, entries: this.#entries, last: this.#last };
  }
}

async function* scan(
  client: DynamoDBClient,
  table: string,
  { segment, segments, after }: Segment,
): AsyncGenerator<Item> {
  let next: Item | undefined = after && { pk: S(after.pk), sk: S(after.sk) };
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Segment: segment,
        TotalSegments: segments,
        FilterExpression: 'begins_with(sk, :entry) OR sk = :state',
        ExpressionAttributeValues: { ':entry': S(entryRange.from), ':state': S('STATE') },
        ...(next !== undefined && { ExclusiveStartKey: next }),
      }),
    );
    yield* page.Items ?? [];
    next = page.LastEvaluatedKey;
  } while (next !== undefined);
}

/** Walks over one segment of the table, lead by lead. */
export async function* walkTable(
  client: DynamoDBClient,
  table: string,
  segment: Segment,
): AsyncGenerator<WalkedLead> {
  let gathering: Gathering | undefined;
  for await (const item of scan(client, table, segment)) {
    const key = { pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' };
    if (!isLeadKey(key.pk)) continue;
    if (gathering?.leadId !== parseLeadKey(key.pk)) {
      if (gathering !== undefined) yield gathering.whole();
      gathering = new Gathering(key);
    }
    gathering.add(item, key);
  }
  if (gathering !== undefined) yield gathering.whole();
}
