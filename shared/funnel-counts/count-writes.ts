import type { TransactWriteItem, Update } from '@aws-sdk/client-dynamodb';
import { buildUpdate, type Item, isNew, N, S } from '../dynamodb/index.ts';
import { funnelDayKey, funnelKey, funnelStockKey, type Key } from '../keys/index.ts';
import { buildFlow, type Cell } from './cell.ts';
import { countedFields } from './counted-items.ts';
import type { LeadCount, Move } from './standing.ts';

export interface CountWritesProps {
  readonly table: string;
  /** The partition of the counters. */
  readonly partition: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The attribute of a stock with the number of moves that were counted in its partition, whatever they changed. */
export const movesAttribute = 'moves';

/** The attribute of a stock with the instant at which its partition last counted something. */
export const countedAtAttribute = 'countedAt';

type Amounts = ReadonlyMap<string, number>;

const addTo = (amounts: Map<string, number>, name: string, amount: number): void => {
  amounts.set(name, (amounts.get(name) ?? 0) + amount);
};

const sumStock = (moves: readonly Move[]): Map<string, number> => {
  const stock = new Map<string, number>();
  for (const { from, to } of moves) {
    if (from !== undefined) addTo(stock, from, -1);
    if (to !== undefined) addTo(stock, to, 1);
  }
  return stock;
};

const sumFlows = (moves: readonly Move[]): Map<string, number> => {
  const flows = new Map<string, number>();
  for (const { from, to } of moves) addTo(flows, buildFlow(from, to), 1);
  return flows;
};

/**
 * Returns the update that adds to the counters of an item. Their names have characters that placeholders don't take, so
 * these are numbered; that also keeps the expression below the 4 KB that DynamoDB allows.
 */
export const addToCounters = (
  table: string,
  key: Key,
  amounts: Amounts,
  set: Item = {},
): Update & { ExpressionAttributeNames: Record<string, string> } => {
  const sets = Object.entries(set);
  const adds = [...amounts].filter(([, amount]) => amount !== 0);
  const terms = adds.map((_, i) => `#a${i} :a${i}`).join(', ');
  const assignments = sets.map((_, i) => `#s${i} = :s${i}`).join(', ');
  return {
    TableName: table,
    Key: { pk: S(key.pk), sk: S(key.sk) },
    UpdateExpression: [sets.length > 0 && `SET ${assignments}`, adds.length > 0 && `ADD ${terms}`]
      .filter((clause) => clause !== false)
      .join(' '),
    ExpressionAttributeNames: Object.fromEntries([
      ...sets.map(([name], i) => [`#s${i}`, name]),
      ...adds.map(([name], i) => [`#a${i}`, name]),
    ]),
    ExpressionAttributeValues: Object.fromEntries([
      ...sets.map(([, value], i) => [`:s${i}`, value]),
      ...adds.map(([, amount], i) => [`:a${i}`, N(amount)]),
    ]),
  };
};

/** Returns the update of what was counted of a lead: only upon what was read, position and cell. */
const updateCounted = (table: string, { leadId, was, next }: LeadCount): Update => {
  const sameCell = was?.cell === undefined ? 'attribute_not_exists(#cell)' : '#cell = :wasCell';
  return buildUpdate({
    table,
    key: funnelKey(leadId),
    set: countedFields(next),
    remove: next.cell === undefined ? ['cell'] : [],
    condition: was === undefined ? isNew : `#countedPosition = :was AND ${sameCell}`,
    values: {
      ...(was !== undefined && { was: S(was.position) }),
      ...(was?.cell !== undefined && { wasCell: S(was.cell) }),
    },
  });
};

/**
 * Returns the writes that count leads: what was counted of each lead, and in one partition the stock and the flows of
 * the days. They belong into one transaction: if one were missing, the counters would no longer be the sum of the leads.
 */
export const buildCountWrites = (
  { table, partition, now }: CountWritesProps,
  counts: readonly LeadCount[],
): TransactWriteItem[] => {
  const moves = counts.flatMap((lead) => lead.moves);
  const leads = counts.map((lead) => ({ Update: updateCounted(table, lead) }));
  if (moves.length === 0) return leads;
  const days = Map.groupBy(
    moves.filter(({ day }) => day !== undefined),
    ({ day }) => day as string,
  );
  const stock = sumStock(moves).set(movesAttribute, moves.length);
  const countedAt = { [countedAtAttribute]: S(new Date(now).toISOString()) };
  return [
    ...leads,
    { Update: addToCounters(table, funnelStockKey(partition), stock, countedAt) },
    ...[...days].map(([day, ofDay]) => ({
      Update: addToCounters(table, funnelDayKey(partition, day), sumFlows(ofDay)),
    })),
  ];
};

/** The numbers of leads by cell. */
export type Stock = ReadonlyMap<Cell, number>;
