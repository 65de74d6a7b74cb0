import { randomBytes } from 'node:crypto';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import {
  buildUpdate,
  buildUpsert,
  type Item,
  type ItemUpdate,
  isNew,
  N,
  S,
  text,
  transactPatiently,
  updateIf,
} from '../dynamodb/index.ts';
import { expiryAttribute, quarantineLeadIndex } from '../keys/index.ts';
import { type Redaction, redactionOf } from './head.ts';
import type { QuarantineStep, Signature } from './quarantine.ts';
import { QuarantineBusyError, type QuarantineTable, readPartition } from './quarantine-table.ts';
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
const needed = ['pk', 'sk', expiryAttribute, 'code', 'status', 'textId', 'steps'];

/** Removes personal attributes from the head and counts the step, unless another step was noted since it was read. */
const headUpdate = (table: string, head: Item, { set, remove }: Redaction): ItemUpdate => ({
  table,
  key: keyOf(head),
  ...(set !== undefined && { set }),
  remove,
  add: { steps: N(1) },
  ...(head.steps === undefined
    ? { condition: 'attribute_exists(pk) AND attribute_not_exists(#steps)' }
    : { condition: '#steps = :read', values: { read: head.steps } }),
});

/** The number of attempts while others note steps, after which the work has to be retried. */
const mostAttempts = 5;

/** Removes everything personal once. Returns whether the head, too, was redacted, now or before. */
const tryToRedact = async (
  quarantine: QuarantineTable,
  id: string,
  step: Extract<QuarantineStep['step'], 'redacted' | 'erased'>,
  by: Signature,
): Promise<boolean> => {
  const { client, table } = quarantine;
  const items = await readPartition(quarantine, id, needed);
  for (const item of items) {
    const names = listPersonal(item);
    if (names.length > 0) await updateIf(client, removal(table, item, names));
  }
  const head = items.find(isHead);
  const redaction = head && redactionOf(head);
  if (head === undefined || redaction === undefined) return true;
  const noted = stepItem(id, { step, ...by }, readExpiry(head), randomBytes(4).toString('hex'));
  const refused = await transactPatiently(client, [
    { Update: buildUpdate(headUpdate(table, head, redaction)) },
    { Update: buildUpdate({ ...buildUpsert(table, noted), condition: isNew }) },
  ]);
  return refused.length === 0;
};

/**
 * Removes everything personal from a quarantined event, from its head last: until then the index finds the event. The
 * items remain until they expire, so no right to delete is needed.
 *
 * @param step the step to note
 * @throws QuarantineBusyError
 */
export const redactEvent = async (...given: Parameters<typeof tryToRedact>): Promise<void> => {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (await tryToRedact(...given)) return;
  }
  throw new QuarantineBusyError(mostAttempts);
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
