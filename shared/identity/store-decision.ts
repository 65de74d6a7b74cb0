import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { B, buildInsert, buildUpdate, type Item, S, transactPatiently } from '../dynamodb/index.ts';
import { identifierKey, identityRecordKey, pairKey } from '../keys/index.ts';
import type { LinkDecision, NewPair } from './decide-links.ts';
import type { IdentitiesProps } from './identities-props.ts';
import { leadPairItems, linkItems, newsAttribute, newsText, pairItem, recordMarks } from './items.ts';
import { type Known, type LeadRecord, recordOf } from './known.ts';

type Store = Pick<IdentitiesProps, 'client' | 'table'>;

/** Returns the condition that a record is still as it was read, and that its lead wasn't erased. */
const unchanged = (record: LeadRecord): string =>
  [
    'attribute_not_exists(#erased)',
    ...recordMarks.map((mark) => `${record[mark] ? 'attribute_exists' : 'attribute_not_exists'}(#${mark})`),
    // A lead that was merged stays merged, wherever that is stored.
    ...(record.mergedInto === undefined ? ['attribute_not_exists(#mergedInto)'] : []),
  ].join(' AND ');

const recordUpdate = (table: string, leadId: string, before: LeadRecord, after: LeadRecord) => ({
  table,
  key: identityRecordKey(leadId),
  set: {
    ...Object.fromEntries(
      recordMarks.filter((mark) => after[mark] && !before[mark]).map((mark) => [mark, B(true)]),
    ),
    ...(after.mergedInto !== undefined &&
      before.mergedInto === undefined && { mergedInto: S(after.mergedInto) }),
    ...(after.news !== undefined &&
      after.news !== before.news && { [newsAttribute]: S(newsText(after.news)) }),
  },
  remove: recordMarks.filter((mark) => before[mark] && !after[mark]),
  condition: unchanged(before),
});

const recordWrite = (
  table: string,
  known: Known,
  [leadId, after]: [string, LeadRecord],
): TransactWriteItem => {
  const update = recordUpdate(table, leadId, recordOf(known, leadId), after);
  const built = buildUpdate(update);
  if (built.UpdateExpression !== '') return { Update: built };
  const { UpdateExpression: _expression, ...check } = built;
  return { ConditionCheck: { ...check, ConditionExpression: update.condition } };
};

const insert = (table: string, item: Item): TransactWriteItem => ({ Put: buildInsert(table, item) });

/** Returns the writes of a pair. One that was suggested before is only marked as merged. */
const pairWrites = (
  table: string,
  known: Known,
  pair: NewPair,
  source: string,
  notedAt: string,
): readonly TransactWriteItem[] => {
  const key = pairKey(...pair.leads);
  const update = {
    table,
    key,
    set: { status: S(pair.status) },
    values: { suggested: S('suggested') },
    condition: '#status = :suggested',
  };
  if (known.pairs.has(key.sk)) return [{ Update: buildUpdate(update) }];
  return [pairItem(pair, source, notedAt), ...leadPairItems(pair)].map((item) => insert(table, item));
};

const metWrite = (table: string, [hash, other]: [string, string]): TransactWriteItem => ({
  Update: buildUpdate({
    table,
    key: identifierKey(hash),
    set: { met: S(other) },
    condition: 'attribute_exists(#leadId) AND attribute_not_exists(#met)',
  }),
});

/**
 * Stores a decision in one transaction.
 *
 * @returns false if something that it relies on has changed, so that it has to be made again
 */
export const storeDecision = async (
  { client, table }: Store,
  known: Known,
  { links, news, records, pairs, met }: LinkDecision,
  { source, notedAt }: { readonly source: string; readonly notedAt: string },
): Promise<boolean> => {
  const refused = await transactPatiently(client, [
    ...(news === undefined ? [] : links.flatMap((link) => linkItems(link, news))).map((item) =>
      insert(table, item),
    ),
    ...[...records].map((record) => recordWrite(table, known, record)),
    ...pairs.flatMap((pair) => pairWrites(table, known, pair, source, notedAt)),
    ...[...met].map((meeting) => metWrite(table, meeting)),
  ]);
  return refused.length === 0;
};
