import { randomBytes } from 'node:crypto';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import {
  buildUpdate,
  buildUpsert,
  type Item,
  type ItemUpdate,
  isNew,
  S,
  text,
  transactPatiently,
  updateIf,
} from '../dynamodb/index.ts';
import { expiryAttribute, quarantineLeadIndex } from '../keys/index.ts';
import { personalHeadFields } from './head.ts';
import type { QuarantineStatus, QuarantineStep, Signature } from './quarantine.ts';
import { type QuarantineTable, readPartition } from './quarantine-table.ts';
import { isHead } from './record.ts';
import { readExpiry } from './retention.ts';
import { isStep, personalStepFields, stepItem } from './step.ts';
import { isPart, personalPartFields } from './text-parts.ts';

const keyOf = (item: Item) => ({ pk: text(item, 'pk'), sk: text(item, 'sk') });

/** Returns the names of the attributes of a part or a step that are personal; none for the head. */
const listPersonal = (item: Item): readonly string[] => {
  if (isPart(item)) return personalPartFields;
  return isStep(item) ? personalStepFields : [];
};

/** Removes attributes from a part or a step, if it has one of them. */
const removal = (table: string, item: Item, remove: readonly string[]): ItemUpdate => ({
  table,
  key: keyOf(item),
  remove,
  condition: remove.map((name) => `attribute_exists(#${name})`).join(' OR '),
});

/** The attributes that a redaction reads. None of them holds anything that was said. */
const needed = ['pk', 'sk', expiryAttribute];

/** Removes personal attributes from the head. A head that names no text was redacted before. */
const headUpdate = (table: string, head: Item): ItemUpdate => ({
  table,
  key: keyOf(head),
  set: { status: S('erased' satisfies QuarantineStatus) },
  remove: personalHeadFields,
  condition: 'attribute_exists(#textId)',
});

/**
 * Removes everything personal from a quarantined event, from its head last: until then the index finds the event. The
 * items remain until they expire, so no right to delete is needed.
 *
 * @param step the step to note
 */
export const redactEvent = async (
  quarantine: QuarantineTable,
  id: string,
  step: Extract<QuarantineStep['step'], 'redacted' | 'erased'>,
  by: Signature,
): Promise<void> => {
  const { client, table } = quarantine;
  const items = await readPartition(quarantine, id, needed);
  for (const item of items) {
    const names = listPersonal(item);
    if (names.length > 0) await updateIf(client, removal(table, item, names));
  }
  const head = items.find(isHead);
  if (head === undefined) return;
  const noted = stepItem(id, { step, ...by }, readExpiry(head), randomBytes(4).toString('hex'));
  await transactPatiently(client, [
    { Update: buildUpdate(headUpdate(table, head)) },
    { Update: buildUpdate({ ...buildUpsert(table, noted), condition: isNew }) },
  ]);
};

/** Yields the id of each quarantined event that contains something about a lead, once. */
export async function* readQuarantineIds(
  { client, table }: QuarantineTable,
  leadId: string,
): AsyncGenerator<string> {
  let last: string | undefined;
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      IndexName: quarantineLeadIndex.name,
      KeyConditionExpression: `${quarantineLeadIndex.partitionKey} = :lead`,
      ExpressionAttributeValues: { ':lead': S(leadId) },
    },
  );
  // The index is sorted by id, so the items of one event are adjacent.
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const id = text(item, 'pk');
      if (id !== last) yield id;
      last = id;
    }
  }
}
