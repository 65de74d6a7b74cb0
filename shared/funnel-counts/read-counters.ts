import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { getItems, type Item, number, S, type TableProps, text } from '../dynamodb/index.ts';
import { funnelDayKey, funnelPartitions, funnelStockKey, parseFunnelDay } from '../keys/index.ts';
import { type Cell, cells, parseFlow } from './cell.ts';
import { countedAtAttribute, movesAttribute, type Stock } from './count-writes.ts';

/** The counters of the stock, as they were at one moment in each partition. */
export interface StockCounters {
  readonly stock: Stock;
  /** The moves that were ever counted, by partition. A partition that counted none is left out. */
  readonly moves: ReadonlyMap<string, number>;
  /** The instant at which something was last counted; undefined if nothing ever was. */
  readonly countedAt: string | undefined;
}

const readNumber = (item: Item, name: string): number => (item[name] === undefined ? 0 : number(item, name));

/** Reads the stock, consistently. A lead that moves meanwhile is in one of its two cells. */
export const readStock = async (props: TableProps): Promise<StockCounters> => {
  const items = await getItems(props, funnelPartitions.map(funnelStockKey));
  const sum = (cell: Cell): number => items.reduce((total, item) => total + readNumber(item, cell), 0);
  return {
    stock: new Map(cells.map((cell) => [cell, sum(cell)])),
    moves: new Map(items.map((item) => [text(item, 'pk'), readNumber(item, movesAttribute)])),
    countedAt: items
      .flatMap((item) => item[countedAtAttribute]?.S ?? [])
      .toSorted()
      .at(-1),
  };
};

/** The number of leads that moved from one cell to another. */
export interface Flow {
  readonly from: Cell | undefined;
  readonly to: Cell | undefined;
  readonly count: number;
}

/** The first and the last of a number of days in UTC, such as 2026-03-01. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Reads the flows by day. A day without any is left out. */
export const readFlows = async (
  { client, table }: Pick<TableProps, 'client' | 'table'>,
  { from, to }: Days,
): Promise<ReadonlyMap<string, readonly Flow[]>> => {
  const days = new Map<string, Map<string, number>>();
  const add = (item: Item): void => {
    const day = parseFunnelDay(text(item, 'sk'));
    const flows = days.get(day) ?? new Map<string, number>();
    days.set(day, flows);
    for (const name of Object.keys(item)) {
      if (parseFlow(name) !== undefined) flows.set(name, (flows.get(name) ?? 0) + number(item, name));
    }
  };
  const readPartition = async (partition: string): Promise<void> => {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: 'pk = :partition AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':partition': S(partition),
          ':from': S(funnelDayKey(partition, from).sk),
          ':to': S(funnelDayKey(partition, to).sk),
        },
      },
    );
    for await (const { Items = [] } of pages) Items.forEach(add);
  };
  await Promise.all(funnelPartitions.map(readPartition));
  const list = (flows: ReadonlyMap<string, number>): Flow[] =>
    [...flows]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([name, count]) => {
        const ends = parseFlow(name);
        return ends === undefined ? [] : [{ ...ends, count }];
      });
  return new Map([...days].map(([day, flows]) => [day, list(flows)]));
};
