import { basename, dirname } from 'node:path';
import type { TableSpec } from './blueprint.ts';
import { unusableFile } from './data/data-files.ts';
import { checkWritable } from './data/database-file.ts';
import { createWire, type DynamoDbWire, WireError } from './dynamodb-wire.ts';
import { nameEngine } from './engine/address.ts';
import { type Engine, startEngine, unusableTables } from './engine/engine.ts';
import { findEngine } from './engine/find-engine.ts';
import { LocalStackError, messageOf } from './errors.ts';
import { fail, type Running } from './lifecycle.ts';
import { createTable, reuseTable } from './tables.ts';

/**
 * Checks that the engine answers and can write its file.
 *
 * @throws LocalStackError `ENGINE_STOPPED` or `STORAGE_FAILED`
 */
const checkDatabase = async (engine: Engine, wire: DynamoDbWire): Promise<void> => {
  try {
    await wire.call('DynamoDB_20120810.ListTables', {});
  } catch (error) {
    const message = `${nameEngine(engine)} does not answer (${messageOf(error)})`;
    throw new LocalStackError('ENGINE_STOPPED', message, { cause: error });
  }
  const { file } = engine;
  try {
    if (file !== undefined) checkWritable(file);
  } catch (error) {
    const message = `the tables in ${file} can't be written (${messageOf(error)}); make room on its disk, or allow writes`;
    throw new LocalStackError('STORAGE_FAILED', message, { cause: error });
  }
};

/** Returns the error of a start, or the state of the database that explains it. */
export const explainStart = async (error: unknown, { engine, wire }: Running): Promise<unknown> => {
  if (engine === undefined || wire === undefined) return error;
  try {
    await checkDatabase(engine, wire);
  } catch (cause) {
    return cause;
  }
  const isFromFile = error instanceof WireError && engine.file !== undefined;
  return isFromFile ? unusableTables(engine.file, messageOf(error), error) : error;
};

/** Returns a function that checks the database, once for all who ask meanwhile. A failed check ends the stack. */
export const createCheck = (engine: Engine, wire: DynamoDbWire, running: Running): (() => Promise<void>) => {
  let checking: Promise<void> | undefined;
  return () => {
    checking ??= checkDatabase(engine, wire)
      .catch((error: unknown) => fail(running, error))
      .finally(() => {
        checking = undefined;
      });
    return checking;
  };
};

/** Refuses a file that has lost all its tables, as one does whose log was removed: they would be made anew. */
const assertFound = async (wire: DynamoDbWire, specs: readonly TableSpec[], file = ''): Promise<void> => {
  const { TableNames } = await wire.call<{ TableNames: string[] }>('DynamoDB_20120810.ListTables', {});
  const isFound = specs.length === 0 || specs.some(({ name }) => TableNames.includes(name));
  if (!isFound) throw unusableFile(dirname(file), basename(file), 'its tables are missing');
};

/**
 * Refuses a data folder that the engine can't use, before the folder is made.
 *
 * @throws LocalStackError `DATA_FOLDER_UNUSABLE`
 */
export const assertStoresData = (dataFolder: string, endpoint: string | undefined): void => {
  const found = findEngine(endpoint ?? '');
  if (found.kind === 'embedded') return;
  const why =
    found.kind === 'external'
      ? `the tables would lie in the engine at ${endpoint}; unset DYNAMODB_ENDPOINT, or keep no data`
      : `${found.why}, and the one in memory that takes its place keeps no data; start without --data`;
  throw new LocalStackError('DATA_FOLDER_UNUSABLE', `the data folder ${dataFolder} can't be used: ${why}`);
};

/** Starts the engine and creates the tables, or reuses those of an earlier start if there is a data folder. */
export const startDatabase = async (
  endpoint: string | undefined,
  specs: readonly TableSpec[],
  running: Running,
): Promise<{ readonly engine: Engine; readonly wire: DynamoDbWire }> => {
  const { dataFolder } = running;
  const engine = await startEngine(endpoint, dataFolder?.tablesFile, true);
  running.engine = engine;
  engine.onFailure((failure) => fail(running, failure));
  const wire = createWire(engine);
  running.wire = wire;
  // A disk that gets full while tables are created would leave one of them unfinished.
  await checkDatabase(engine, wire);
  if (dataFolder?.hadTables) await assertFound(wire, specs, engine.file);
  const place = dataFolder === undefined ? createTable : reuseTable;
  for (const spec of specs) running.tables.push(await place(wire, spec));
  dataFolder?.noteTables();
  return { engine, wire };
};
