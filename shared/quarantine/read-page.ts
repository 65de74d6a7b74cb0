import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { getItems, type Item, number, S, selectAttributes, text } from '../dynamodb/index.ts';
import { quarantineHeadKey, quarantineLeadIndex } from '../keys/index.ts';
import { headAttributes, parseHead, readStoredText } from './head.ts';
import type {
  PagedEvent,
  QuarantineFilter,
  QuarantinePage,
  QuarantinePageProps,
  QuarantinePosition,
} from './quarantine.ts';
import type { QuarantineTable } from './quarantine-table.ts';
import { fits } from './record.ts';
import { buildPartKey, largestPart } from './text-parts.ts';

/** The most requests of a scan for one page: each reads up to a megabyte, most of which may be texts. */
const mostRequests = 20;

/** The most bytes of texts that are read for one page. */
const mostTextBytes = 8 * 1024 * 1024;

interface Found {
  readonly heads: readonly Item[];
  readonly next?: QuarantinePosition | undefined;
}

const positionOf = (item: Item): QuarantinePosition => ({ id: text(item, 'pk'), sortKey: text(item, 'sk') });

/** Returns the conditions of a scan: heads that pass a filter. */
const conditionsOf = ({ code, source, status }: QuarantineFilter): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries({ sk: quarantineHeadKey, code, rejectedSource: source, status }).filter(
      (condition): condition is [string, string] => condition[1] !== undefined,
    ),
  );

const findByScan = async (
  { client, table }: QuarantineTable,
  { filter, limit, after, itemsRead }: QuarantinePageProps,
): Promise<Found> => {
  const conditions = Object.entries(conditionsOf(filter));
  const heads: Item[] = [];
  let from = after;
  for (let read = 0, requests = 1; ; requests++) {
    const { Items, ScannedCount, LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName: table,
        ConsistentRead: true,
        Limit: itemsRead - read,
        FilterExpression: conditions.map(([name]) => `#${name} = :${name}`).join(' AND '),
        ExpressionAttributeValues: Object.fromEntries(
          conditions.map(([name, value]) => [`:${name}`, S(value)]),
        ),
        ...selectAttributes(headAttributes),
        ...(from !== undefined && { ExclusiveStartKey: { pk: S(from.id), sk: S(from.sortKey) } }),
      }),
    );
    for (const head of Items ?? []) {
      heads.push(head);
      if (heads.length === limit) return { heads, next: positionOf(head) };
    }
    read += ScannedCount ?? 0;
    from = LastEvaluatedKey && positionOf(LastEvaluatedKey);
    if (from === undefined || read >= itemsRead || requests >= mostRequests) return { heads, next: from };
  }
};

/** Returns the ids in the index by lead, each once, and whether there are more. They are sorted. */
const readIds = async (
  { client, table }: QuarantineTable,
  leadId: string,
  { after, itemsRead }: QuarantinePageProps,
): Promise<{ readonly ids: readonly string[]; readonly isEnd: boolean }> => {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: quarantineLeadIndex.name,
      KeyConditionExpression: `${quarantineLeadIndex.partitionKey} = :lead${after === undefined ? '' : ' AND pk > :after'}`,
      ExpressionAttributeValues: {
        ':lead': S(leadId),
        ...(after !== undefined && { ':after': S(after.id) }),
      },
      Limit: itemsRead,
    }),
  );
  return {
    ids: [...new Set(Items.map((item) => text(item, 'pk')))],
    isEnd: LastEvaluatedKey === undefined,
  };
};

const findByLead = async (
  quarantine: QuarantineTable,
  leadId: string,
  props: QuarantinePageProps,
): Promise<Found> => {
  const { filter, limit } = props;
  const { ids, isEnd } = await readIds(quarantine, leadId, props);
  const heads: Item[] = [];
  for (let at = 0; at < ids.length; at += limit) {
    const some = ids.slice(at, at + limit);
    const keys = some.map((pk) => ({ pk, sk: quarantineHeadKey }));
    const read = new Map(
      (await getItems(quarantine, keys, headAttributes)).map((head) => [text(head, 'pk'), head]),
    );
    for (const id of some) {
      const head = read.get(id);
      if (head !== undefined && fits(parseHead(head), filter)) heads.push(head);
      if (heads.length === limit) return { heads, next: { id, sortKey: quarantineHeadKey } };
    }
  }
  const last = ids.at(-1);
  return isEnd || last === undefined ? { heads } : { heads, next: { id: last, sortKey: quarantineHeadKey } };
};

/** Ends a page before its texts become too many to read. One text always fits. */
const boundTexts = ({ heads, next }: Found): Found => {
  let bytes = 0;
  const end = heads.findIndex((head, index) => {
    bytes += Math.min(readStoredText(head)?.bytes ?? 0, largestPart);
    return index > 0 && bytes > mostTextBytes;
  });
  const last = heads[end - 1];
  return end < 0 || last === undefined
    ? { heads, next }
    : { heads: heads.slice(0, end), next: positionOf(last) };
};

/** Reads the beginnings of texts, by the ids of the events. */
const readBeginnings = async (
  quarantine: QuarantineTable,
  heads: readonly Item[],
  characters: number,
): Promise<ReadonlyMap<string, string>> => {
  const keys = heads.flatMap((head) => {
    const stored = readStoredText(head);
    return stored === undefined || stored.parts === 0
      ? []
      : [{ pk: text(head, 'pk'), sk: buildPartKey(stored.textId, 0) }];
  });
  const parts = await getItems(quarantine, keys, ['pk', 'body']);
  return new Map(
    parts.flatMap((part): [string, string][] => {
      const bytes = part.body?.B;
      // No character takes more than three bytes for each of its units.
      const beginning = bytes && Buffer.from(bytes.subarray(0, 3 * characters + 3)).toString();
      return beginning === undefined
        ? []
        : [[text(part, 'pk'), beginning.slice(0, characters).toWellFormed()]];
    }),
  );
};

/**
 * Reads a page of quarantined events, in no order. The work is bounded: a page may be short, or empty, and still have a
 * next one.
 */
export const readPage = async (
  quarantine: QuarantineTable,
  props: QuarantinePageProps,
): Promise<QuarantinePage> => {
  const { leadId } = props.filter;
  const found =
    leadId === undefined ? await findByScan(quarantine, props) : await findByLead(quarantine, leadId, props);
  const { heads, next } = boundTexts(found);
  const beginnings = await readBeginnings(quarantine, heads, props.characters);
  const events = heads.map((head): PagedEvent => {
    const beginning = beginnings.get(text(head, 'pk'));
    return {
      ...parseHead(head),
      stepCount: head.steps === undefined ? 0 : number(head, 'steps'),
      position: positionOf(head),
      ...(beginning !== undefined && { beginning }),
    };
  });
  return { events, ...(next !== undefined && { next }) };
};
