import { randomBytes } from 'node:crypto';
import { paginateQuery, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, number, S, text, whenConditionHolds } from '../dynamodb/index.ts';
import { leadIndex, personalHeadFields } from './head.ts';
import type { QuarantineStatus, QuarantineStep, Signature } from './quarantine.ts';
import { type Place, readPartition, writeTogether } from './quarantine-table.ts';
import { isHead } from './record.ts';
import { isStep, personalStepFields, stepItem } from './step.ts';
import { isPart, personalPartFields } from './text-parts.ts';

/** What takes attributes away from an item that is there. */
const removal = (table: string, item: Item, names: readonly string[]) =>
  ({
    TableName: table,
    Key: { pk: S(text(item, 'pk')), sk: S(text(item, 'sk')) },
    UpdateExpression: `REMOVE ${names.map((name) => `#${name}`).join(', ')}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
  }) satisfies Update;

/** The head goes on without what is personal. One that names no text any more was erased before. */
const erasedHead = (table: string, head: Item): Update => {
  const update = removal(table, head, personalHeadFields);
  return {
    ...update,
    UpdateExpression: `SET #status = :erased ${update.UpdateExpression}`,
    ConditionExpression: 'attribute_exists(#textId)',
    ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#status': 'status' },
    ExpressionAttributeValues: { ':erased': S('erased' satisfies QuarantineStatus) },
  };
};

/**
 * Takes all that is personal out of a quarantined event, the head last: until then the index finds it. The items stay, so
 * that whoever erases needs no right to delete; they go at their expiry.
 */
export const erase = async (
  place: Place,
  id: string,
  step: Extract<QuarantineStep['step'], 'withheld' | 'erased'>,
  by: Signature,
): Promise<void> => {
  const { client, table } = place;
  const items = await readPartition(place, id);
  for (const item of items) {
    const names = isPart(item) ? personalPartFields : isStep(item) ? personalStepFields : [];
    if (!names.some((name) => item[name] !== undefined)) continue;
    await whenConditionHolds(client.send(new UpdateItemCommand(removal(table, item, names))));
  }
  const head = items.find(isHead);
  if (head === undefined) return;
  const noted = stepItem(id, { step, ...by }, number(head, 'expiresAt'), randomBytes(4).toString('hex'));
  await writeTogether(client, [
    { Update: erasedHead(table, head) },
    { Put: { TableName: table, Item: noted } },
  ]);
};

/** Ids of all quarantined events in which something of a lead is, once each. */
export async function* idsOfLead({ client, table }: Place, leadId: string): AsyncGenerator<string> {
  let last: string | undefined;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: leadIndex,
      KeyConditionExpression: 'leadId = :lead',
      ExpressionAttributeValues: { ':lead': S(leadId) },
    },
  );
  // The index is sorted by id, so the items of one event lie together.
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const id = text(item, 'pk');
      if (id !== last) yield id;
      last = id;
    }
  }
}
