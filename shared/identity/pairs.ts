import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { getItems, S, type TableProps, updateIf } from '../dynamodb/index.ts';
import { type Key, pairKey, pairsPartition } from '../keys/index.ts';
import { type Pair, parsePair } from './items.ts';

export interface PairPage {
  readonly pairs: readonly Pair[];
  /** The key after which the next page begins; undefined at the end. */
  readonly next: Key | undefined;
}

/** Reads a page of pairs of any status, in the order of their keys. @param after the key at which the page before ended */
export const readPairPage = async (
  { client, table }: TableProps,
  { after, most }: { readonly after?: Key | undefined; readonly most: number },
): Promise<PairPage> => {
  const { Items = [], LastEvaluatedKey: last } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(pairsPartition) },
      Limit: most,
      ...(after !== undefined && { ExclusiveStartKey: { pk: S(after.pk), sk: S(after.sk) } }),
    }),
  );
  const next = last === undefined ? undefined : { pk: pairsPartition, sk: last.sk?.S ?? '' };
  return { pairs: Items.map(parsePair), next };
};

/** The most pairs of one page of a list that is read to its end. */
const pageSize = 100;

/** Yields all pairs, a page at a time. */
export async function* listPairs(props: TableProps): AsyncGenerator<readonly Pair[]> {
  let after: Key | undefined;
  do {
    const { pairs, next } = await readPairPage(props, { after, most: pageSize });
    yield pairs;
    after = next;
  } while (after !== undefined);
}

/** Returns a pair of two leads, in whichever order they are given; undefined if there is none. */
export const readPair = async (props: TableProps, a: string, b: string): Promise<Pair | undefined> => {
  const [item] = await getItems(props, [pairKey(a, b)]);
  return item && parsePair(item);
};

/** Marks a suggested pair as two leads that are not one. Returns false if it isn't suggested any more. */
export const dismissPair = (
  { client, table }: TableProps,
  { leadIds: [a, b] }: Pair,
  dismissed: NonNullable<Pair['dismissed']>,
): Promise<boolean> =>
  updateIf(client, {
    table,
    key: pairKey(a, b),
    set: { status: S('dismissed'), dismissed: S(JSON.stringify(dismissed)) },
    values: { suggested: S('suggested') },
    condition: '#status = :suggested',
  });
