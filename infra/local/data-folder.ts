import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalStackError, messageOf } from './errors.ts';

/** A folder that outlives the stack, held by one stack at a time. */
export interface DataFolder {
  readonly folder: string;
  /** The runtime's own data: the messages in queues, and the position in each stream. */
  readonly database: DatabaseSync;
  /** The file of the database engine. */
  readonly tablesFile: string;
  /** Returns the folder of a bucket's objects. */
  readonly bucketFolder: (name: string) => string;
  readonly close: () => void;
}

const files = { own: 'stack.db', tables: 'tables.db' };
const objects = 'objects';
const ownNames = new Set([
  objects,
  ...Object.values(files).flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
]);

/**
 * Restricts a folder to its user, since it holds personal data. One with other things in it isn't changed: it may be a
 * home folder, which others must be able to enter.
 *
 * @throws Error if others may enter it, and it has other things in it
 */
const restrictFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  const other = readdirSync(folder).find((name) => !ownNames.has(name));
  if (other === undefined) {
    chmodSync(folder, 0o700);
    return;
  }
  throw new Error(
    `others may enter it (its mode is ${mode.toString(8)}, allowed is 700) and it has other files, such as ` +
      `${JSON.stringify(other)}; choose an empty folder`,
  );
};

/** Creates the files in a folder and restricts what is there to its user. SQLite's other files get the same mode. */
const restrictFiles = (folder: string): void => {
  for (const name of Object.values(files)) closeSync(openSync(join(folder, name), 'a', 0o600));
  for (const name of readdirSync(folder)) {
    if (ownNames.has(name)) chmodSync(join(folder, name), name === objects ? 0o700 : 0o600);
  }
};

const isBusy = (error: unknown): boolean =>
  ['database is locked', 'database is busy'].includes(messageOf(error));

/**
 * Opens the database under an exclusive lock. The lock is SQLite's and belongs to the process: it is released when the
 * process ends, however that happens. A killed process loses nothing that was written.
 */
const openLocked = (file: string): DatabaseSync => {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    // Overwrites what is deleted: the messages that are processed.
    database.exec('PRAGMA secure_delete = ON');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens a data folder and locks it.
 *
 * @throws LocalStackError `DATA_FOLDER_TAKEN` or `DATA_FOLDER_UNUSABLE`
 */
export const openDataFolder = (given: string): DataFolder => {
  const folder = resolve(given);
  try {
    restrictFolder(folder);
    restrictFiles(folder);
    const database = openLocked(join(folder, files.own));
    return {
      folder,
      database,
      tablesFile: join(folder, files.tables),
      bucketFolder: (name) => join(folder, objects, name),
      close: () => database.close(),
    };
  } catch (error) {
    const message = isBusy(error)
      ? `the data folder ${folder} is in use by another stack; stop that one, or choose another folder`
      : `the data folder ${folder} can't be used: ${messageOf(error)}`;
    const code = isBusy(error) ? 'DATA_FOLDER_TAKEN' : 'DATA_FOLDER_UNUSABLE';
    throw new LocalStackError(code, message, { cause: error });
  }
};
