import { isConflict, N, transact } from '../../shared/dynamodb/index.ts';
import {
  addToCounters,
  type Cell,
  cells,
  movesAttribute,
  readStock,
  type Stock,
  type StockCounters,
} from '../../shared/funnel-counts/index.ts';
import { funnelPartitions, funnelStockKey } from '../../shared/keys/index.ts';
import type { RecountDeps } from './deps.ts';
import type { Recount } from './progress.ts';

/** The result of comparing the counters with the leads. */
export interface Compared {
  /** The number of leads by which the counters differ, beyond what the moves that were counted meanwhile explain. */
  readonly difference: number;
  readonly isCorrected: boolean;
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

/** Returns by how much the counter of each cell is too high or too low. */
const findDifferences = (stock: Stock, { counted }: Recount): Map<Cell, number> =>
  new Map(
    cells
      .map((cell) => [cell, (stock.get(cell) ?? 0) - (counted[cell] ?? 0)] as const)
      .filter(([, difference]) => difference !== 0),
  );

/** Corrects the counters, unless something was counted since they were read. Returns whether they are corrected. */
const correct = async (
  { client, table, partition }: RecountDeps,
  { moves }: StockCounters,
  differences: ReadonlyMap<Cell, number>,
): Promise<boolean> => {
  const amounts = new Map([...differences].map(([cell, difference]) => [cell, -difference]));
  const writes = funnelPartitions.map((each) => {
    const before = moves.get(each) ?? 0;
    const update = addToCounters(table, funnelStockKey(each), each === partition ? amounts : new Map(), {
      [movesAttribute]: N(before),
    });
    return {
      Update: {
        ...update,
        ExpressionAttributeNames: { ...update.ExpressionAttributeNames, '#moves': movesAttribute },
        ConditionExpression: before === 0 ? 'attribute_not_exists(#moves) OR #moves = :s0' : '#moves = :s0',
      },
    };
  });
  try {
    return (await transact(client, writes)).length === 0;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
};

/**
 * Compares the counters of the stock with the sum of what was counted of the leads. Each move that was counted since the
 * recount began may have changed a cell by one, before or after its lead was read. Only if there was none, the counters
 * are known exactly, and corrected.
 */
export const compareStock = async (deps: RecountDeps, recount: Recount): Promise<Compared> => {
  const counters = await readStock(deps);
  const differences = findDifferences(counters.stock, recount);
  const meanwhile = sum(counters.moves.values()) - sum(Object.values(recount.movesBefore)) - recount.ownMoves;
  const difference = sum([...differences.values()].map((each) => Math.max(0, Math.abs(each) - meanwhile)));
  const isExact = meanwhile === 0 && difference > 0;
  return { difference, isCorrected: isExact && (await correct(deps, counters, differences)) };
};
