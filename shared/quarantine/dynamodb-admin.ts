import { randomBytes } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { buildUpdate, type Item, type ItemUpdate, N, S, text, transactPatiently } from '../dynamodb/index.ts';
import { quarantineHeadKey } from '../keys/index.ts';
import { parseHead } from './head.ts';
import type {
  QuarantineAdmin,
  QuarantineFilter,
  QuarantineStatus,
  StepNoted,
  StepTaken,
} from './quarantine.ts';
import { type QuarantineTable, readPartition } from './quarantine-table.ts';
import { readPage } from './read-page.ts';
import { fits, parseRecord } from './record.ts';
import { readQuarantineIds, redactEvent } from './redact.ts';
import { readExpiry } from './retention.ts';
import { statusAfter, stepItem } from './step.ts';
import { partItems } from './text-parts.ts';

const readHead = async ({ client, table }: QuarantineTable, id: string): Promise<Item | undefined> => {
  const Key = { pk: S(id), sk: S(quarantineHeadKey) };
  const { Item: head } = await client.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: true }),
  );
  return head;
};

async function* scanHeads(
  { client, table }: QuarantineTable,
  more: Pick<ScanCommandInput, 'ProjectionExpression'> = {},
  prefix = '',
): AsyncGenerator<Item> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: `sk = :head${prefix === '' ? '' : ' AND begins_with(pk, :prefix)'}`,
      ExpressionAttributeValues: {
        ':head': S(quarantineHeadKey),
        ...(prefix !== '' && { ':prefix': S(prefix) }),
      },
      ...more,
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}

async function* readLeadHeads(quarantine: QuarantineTable, leadId: string): AsyncGenerator<Item> {
  for await (const id of readQuarantineIds(quarantine, leadId)) {
    const head = await readHead(quarantine, id);
    if (head !== undefined) yield head;
  }
}

async function* list(quarantine: QuarantineTable, filter: QuarantineFilter) {
  const heads =
    filter.leadId === undefined ? scanHeads(quarantine) : readLeadHeads(quarantine, filter.leadId);
  for await (const head of heads) {
    const found = parseHead(head);
    if (fits(found, filter)) yield found;
  }
}

/** Returns ids that begin with a prefix. Ids are hashes, and nothing is sorted by them: this scans the whole table. */
const find = async (quarantine: QuarantineTable, prefix: string, most: number): Promise<string[]> => {
  const found: string[] = [];
  for await (const head of scanHeads(quarantine, { ProjectionExpression: 'pk' }, prefix)) {
    found.push(text(head, 'pk'));
    if (found.length >= most) break;
  }
  return found;
};

/** Counts a step, unless the event was redacted. A redaction that has not read the step then starts again. */
const countStep = (table: string, id: string): ItemUpdate => ({
  table,
  key: { pk: id, sk: quarantineHeadKey },
  add: { steps: N(1) },
  condition: 'attribute_exists(pk) AND #status <> :erased',
  values: { erased: S('erased' satisfies QuarantineStatus) },
});

const changeStatus = (update: ItemUpdate, { step, times }: StepTaken): ItemUpdate => ({
  ...update,
  set: { status: S(statusAfter(step)) },
  condition: `${update.condition} AND #times = :times`,
  values: { ...update.values, times: N(times) },
});

/**
 * Notes a step. The status changes only if the event has not been delivered again since: an event that was rejected
 * again must not look as if it were done.
 */
const note = async (quarantine: QuarantineTable, id: string, step: StepTaken): Promise<StepNoted> => {
  const { client, table } = quarantine;
  const head = await readHead(quarantine, id);
  // No event of an erased lead is replayed.
  if (head === undefined || head.status?.S === 'erased') return 'gone';
  const expiresAt = readExpiry(head);
  const parts = step.corrected === undefined ? [] : partItems(id, step.corrected, expiresAt);
  for (const Item of parts) await client.send(new PutItemCommand({ TableName: table, Item }));
  const Put = { TableName: table, Item: stepItem(id, step, expiresAt, randomBytes(4).toString('hex')) };
  const counted = countStep(table, id);
  const write = async (update: ItemUpdate): Promise<boolean> =>
    (await transactPatiently(client, [{ Update: buildUpdate(update) }, { Put }])).length === 0;
  if (await write(changeStatus(counted, step))) return 'noted';
  if (await write(counted)) return 'came-again';
  // The lead was erased meanwhile, perhaps before the corrected text was stored.
  await redactEvent(quarantine, id, 'redacted', { actor: step.actor, at: step.at });
  return 'gone';
};

/** Creates the quarantine as operators need it, to inspect rejected events, correct them and replay them. */
export const createDynamoDbQuarantineAdmin = (client: DynamoDBClient, table: string): QuarantineAdmin => {
  const quarantine = { client, table };
  return {
    list: (filter) => list(quarantine, filter),
    readPage: (props) => readPage(quarantine, props),
    find: (prefix, most) => find(quarantine, prefix, most),
    read: async (id) => parseRecord(await readPartition(quarantine, id)),
    note: (id, step) => note(quarantine, id, step),
  };
};
