import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { type Item, S } from '../dynamodb/index.ts';
import { sourcesPartition } from '../keys/index.ts';
import { countPrefixes } from './attributes.ts';
import type { SourceStatus } from './source-status.ts';

/** Returns the counts whose attributes begin with a prefix, by what follows it. */
const readCounts = (item: Item, prefix: string): Map<string, number> =>
  new Map(
    Object.entries(item)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]): [string, number] => [name.slice(prefix.length), Number(value.N ?? 0)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

const readRefusal = ({ lastRefusal, lastAllowed, lastRefusedAt }: Item): Pick<SourceStatus, 'lastRefusal'> =>
  lastRefusal?.S === undefined
    ? {}
    : { lastRefusal: { reason: lastRefusal.S, allowed: lastAllowed?.S ?? '', at: lastRefusedAt?.S ?? '' } };

const parseStatus = (item: Item): SourceStatus => ({
  source: item.sk?.S ?? '',
  ...(item.lastReceivedAt?.S !== undefined && { lastReceivedAt: item.lastReceivedAt.S }),
  ...(item.lastTakenAt?.S !== undefined && { lastTakenAt: item.lastTakenAt.S }),
  ...readRefusal(item),
  requests: Number(item.requests?.N ?? 0),
  repeated: Number(item.repeated?.N ?? 0),
  refused: readCounts(item, countPrefixes.refused),
  payloads: readCounts(item, countPrefixes.payloads),
  unknown: readCounts(item, countPrefixes.unknown),
});

/** Reads the status of every source from which something has come, by name. @param table the table of requests */
export const readSources = async (client: DynamoDBClient, table: string): Promise<SourceStatus[]> => {
  const found: SourceStatus[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(sourcesPartition) },
    },
  );
  for await (const { Items = [] } of pages) found.push(...Items.map(parseStatus));
  return found;
};
