import { randomBytes } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type Item, N, number, S, text } from '../dynamodb/index.ts';
import { headKey, parseHead } from './head.ts';
import type {
  QuarantineDesk,
  QuarantineFilter,
  QuarantineStatus,
  StepNoted,
  StepTaken,
} from './quarantine.ts';
import { type Place, readPartition, writeTogether } from './quarantine-table.ts';
import { fits, parseRecord } from './record.ts';
import { idsOfLead } from './redact.ts';
import { statusAfter, stepItem } from './step.ts';
import { partItems } from './text-parts.ts';

const readHead = async ({ client, table }: Place, id: string): Promise<Item | undefined> => {
  const Key = { pk: S(id), sk: S(headKey) };
  const { Item: head } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  return head;
};

async function* scanHeads(
  { client, table }: Place,
  more: Pick<ScanCommandInput, 'ProjectionExpression'> = {},
  prefix = '',
): AsyncGenerator<Item> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: `sk = :head${prefix === '' ? '' : ' AND begins_with(pk, :prefix)'}`,
      ExpressionAttributeValues: { ':head': S(headKey), ...(prefix !== '' && { ':prefix': S(prefix) }) },
      ...more,
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}

async function* headsOfLead(place: Place, leadId: string): AsyncGenerator<Item> {
  for await (const id of idsOfLead(place, leadId)) {
    const head = await readHead(place, id);
    if (head !== undefined) yield head;
  }
}

async function* list(place: Place, filter: QuarantineFilter) {
  const heads = filter.leadId === undefined ? scanHeads(place) : headsOfLead(place, filter.leadId);
  for await (const head of heads) {
    const found = parseHead(head);
    if (fits(found, filter)) yield found;
  }
}

/** Ids are hashes: nothing is sorted by them, so that a prefix has to be looked for everywhere. */
const find = async (place: Place, prefix: string, most: number): Promise<string[]> => {
  const found: string[] = [];
  for await (const head of scanHeads(place, { ProjectionExpression: 'pk' }, prefix)) {
    found.push(text(head, 'pk'));
    if (found.length >= most) break;
  }
  return found;
};

const newStatus = (table: string, id: string, { step, times }: StepTaken) => ({
  TableName: table,
  Key: { pk: S(id), sk: S(headKey) },
  UpdateExpression: 'SET #status = :status',
  ConditionExpression: '#times = :times AND #status <> :erased',
  ExpressionAttributeNames: { '#status': 'status', '#times': 'times' },
  ExpressionAttributeValues: {
    ':status': S(statusAfter(step)),
    ':times': N(times),
    ':erased': S('erased' satisfies QuarantineStatus),
  },
});

/** The status only where the event has not come again since: what is rejected anew must not look as if it were done. */
const note = async (place: Place, id: string, step: StepTaken): Promise<StepNoted> => {
  const { client, table } = place;
  const head = await readHead(place, id);
  // Of an erased lead nothing is put back in.
  if (head === undefined || head.status?.S === 'erased') return 'gone';
  const expiresAt = number(head, 'expiresAt');
  const parts = step.mended === undefined ? [] : partItems(id, step.mended, expiresAt);
  for (const Item of parts) await client.send(new PutItemCommand({ TableName: table, Item }));
  const put = { TableName: table, Item: stepItem(id, step, expiresAt, randomBytes(4).toString('hex')) };
  if (await writeTogether(client, [{ Update: newStatus(table, id, step) }, { Put: put }])) return 'noted';
  await client.send(new PutItemCommand(put));
  return 'came-again';
};

/** The quarantine as people need it, who see to it that events are mended. */
export const createDynamoDbQuarantineDesk = (client: DynamoDBClient, table: string): QuarantineDesk => {
  const place = { client, table };
  return {
    list: (filter) => list(place, filter),
    find: (prefix, most) => find(place, prefix, most),
    read: async (id) => parseRecord(await readPartition(place, id)),
    note: (id, step) => note(place, id, step),
  };
};
