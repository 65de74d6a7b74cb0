import type { TableSpec } from './blueprint.ts';
import { createWire, type DynamoDbWire } from './dynamodb-wire.ts';
import { type Engine, startEngine } from './engine.ts';
import { LocalStackError } from './errors.ts';
import type { Running } from './lifecycle.ts';
import { createTable, reuseTable } from './tables.ts';

/** Starts the engine and creates the tables, or reuses those of an earlier start if there is a data folder. */
export const startDatabase = async (
  endpoint: string | undefined,
  specs: readonly TableSpec[],
  running: Running,
): Promise<{ readonly engine: Engine; readonly wire: DynamoDbWire }> => {
  const { dataFolder } = running;
  if (dataFolder !== undefined && endpoint) {
    const why = `the tables would lie in the engine at ${endpoint}; unset DYNAMODB_ENDPOINT, or keep no data`;
    throw new LocalStackError(
      'DATA_FOLDER_UNUSABLE',
      `the data folder ${dataFolder.folder} can't be used: ${why}`,
    );
  }
  const engine = await startEngine(endpoint, dataFolder?.tablesFile, true);
  running.engine = engine;
  const wire = createWire(engine.endpoint, engine.connect);
  running.wire = wire;
  const place = dataFolder === undefined ? createTable : reuseTable;
  for (const spec of specs) running.tables.push(await place(wire, spec));
  return { engine, wire };
};
