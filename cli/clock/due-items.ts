import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { hourMs } from '../../events/index.ts';
import { S, text, updateIf } from '../../shared/dynamodb/index.ts';
import { clockKey, dueIndex, leadSortKeys } from '../../shared/keys/index.ts';

/** The earliest instants at which something is due, in milliseconds since 1970; infinite if nothing is. */
export interface EarliestDue {
  /** That of a lead itself. */
  readonly lead: number;
  /** That of a hand-off or a nurture track. */
  readonly followUp: number;
  /** The first hour in whose partitions of the index something is left. */
  readonly hour: number;
}

const parseHour = (dueKey: string): number => Date.parse(`${dueKey.slice(0, 13)}:00:00.000Z`);

/** Reads the index by due time. It contains open items only. */
export const readEarliestDue = async (client: DynamoDBClient, table: string): Promise<EarliestDue> => {
  const none = Number.POSITIVE_INFINITY;
  const earliest = { lead: none, followUp: none, hour: none };
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName: table, IndexName: dueIndex.name },
  )) {
    for (const item of Items) {
      const kind = text(item, 'sk') === leadSortKeys.state ? 'lead' : 'followUp';
      earliest[kind] = Math.min(earliest[kind], Date.parse(text(item, dueIndex.sortKey)));
      earliest.hour = Math.min(earliest.hour, parseHour(text(item, dueIndex.partitionKey)));
    }
  }
  return earliest;
};

/**
 * Notes that nothing is left before an hour, so that `advance-leads` doesn't look for it hour by hour: it wakes every five
 * minutes on AWS, and here only when something is due.
 */
export const noteDoneHours = async (
  client: DynamoDBClient,
  table: string,
  { hour }: EarliestDue,
): Promise<void> => {
  const doneHour = S(new Date(hour - hourMs).toISOString());
  const condition = 'attribute_not_exists(#doneHour) OR #doneHour < :doneHour';
  await updateIf(client, { table, key: clockKey, set: { doneHour }, condition });
};
