import type { ConsumedCapacity, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** Write units as the engine reports them: those of the table itself, and those of each index. */
export interface WriteUnits {
  table: number;
  readonly indexes: Record<string, number>;
}

export const sumUnits = ({ table, indexes }: WriteUnits): number =>
  Object.values(indexes).reduce((sum, units) => sum + units, table);

const add = (units: WriteUnits, { Table, GlobalSecondaryIndexes = {} }: ConsumedCapacity): void => {
  units.table += unitsOf(Table);
  for (const [index, capacity] of Object.entries(GlobalSecondaryIndexes)) {
    units.indexes[index] = (units.indexes[index] ?? 0) + unitsOf(capacity);
  }
};

const unitsOf = (capacity: { CapacityUnits?: number | undefined } | undefined): number =>
  capacity?.CapacityUnits ?? Number.NaN;

const writes = new Set(['TransactWriteItemsCommand', 'UpdateItemCommand', 'PutItemCommand']);

/**
 * Sums up the write units of a client from now on. Requests change only by asking the engine for the consumed capacity.
 */
export const countWriteUnits = (client: DynamoDBClient): WriteUnits => {
  const units: WriteUnits = { table: 0, indexes: {} };
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!writes.has(commandName)) return next(args);
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'INDEXES' } });
        const { ConsumedCapacity } = answer.output as {
          ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[];
        };
        if (ConsumedCapacity === undefined) throw new Error(`the engine reports nothing for ${commandName}`);
        for (const capacity of [ConsumedCapacity].flat()) add(units, capacity);
        return answer;
      },
    { step: 'initialize', name: 'countWriteUnits' },
  );
  return units;
};
