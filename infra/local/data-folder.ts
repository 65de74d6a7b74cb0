import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalStackError, messageOf } from './errors.ts';

/** A folder that outlives the stack, held by one stack at a time. */
export interface DataFolder {
  readonly folder: string;
  /** The runtime's own data: the messages in queues, and the position in each stream. */
  readonly database: DatabaseSync;
  /** Returns the folder of a bucket's objects. */
  readonly bucketFolder: (name: string) => string;
  readonly close: () => void;
}

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
    // It holds personal data.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const database = openLocked(join(folder, 'stack.db'));
    return {
      folder,
      database,
      bucketFolder: (name) => join(folder, 'objects', name),
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
