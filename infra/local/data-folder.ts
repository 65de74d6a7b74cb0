import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stackFile, tablesFile, unusable, unusableFile } from './data-files.ts';
import { LocalStackError, messageOf } from './errors.ts';
import { guardWrites, type Write, watchFile } from './guarded-write.ts';

/** A folder that outlives the stack, held by one stack at a time. */
export interface DataFolder {
  readonly folder: string;
  /** The runtime's own data: the messages in queues, and the position in each stream. */
  readonly database: DatabaseSync;
  /** Returns the folder of a bucket's objects. */
  readonly bucketFolder: (name: string) => string;
  /** Whether an earlier start has noted that the tables exist. */
  readonly hadTables: boolean;
  readonly noteTables: () => void;
  readonly write: Write;
  /** Returns whether the folder is still there, and is the one that was opened. */
  readonly isPresent: () => boolean;
  readonly close: () => void;
}

const isBusy = (error: unknown): boolean =>
  ['database is locked', 'database is busy'].includes(messageOf(error));

/**
 * Opens the database of a folder under an exclusive lock. The lock is SQLite's and belongs to the process: it is
 * released when the process ends, however that happens. A killed process loses nothing that was written.
 */
const openLocked = (folder: string): Pick<DataFolder, 'database' | 'hadTables'> => {
  // A file that is gone would be made anew, without its data.
  const file = join(folder, stackFile);
  if (existsSync(join(folder, tablesFile)) && !existsSync(file)) {
    throw unusableFile(folder, stackFile, 'it is missing');
  }
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec('BEGIN EXCLUSIVE; COMMIT');
    const hadTables = database.prepare('PRAGMA user_version').get()?.user_version !== 0;
    return { database, hadTables };
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
    const { database, hadTables } = openLocked(folder);
    const isPresent = watchFile(join(folder, stackFile));
    const write = guardWrites(folder, isPresent);
    return {
      folder,
      database,
      write,
      isPresent,
      hadTables,
      noteTables: () => write(stackFile, () => database.exec('PRAGMA user_version = 1')),
      bucketFolder: (name) => join(folder, 'objects', name),
      close: () => database.close(),
    };
  } catch (error) {
    if (error instanceof LocalStackError) throw error;
    if (!isBusy(error)) throw unusable(folder, error);
    const message = `the data folder ${folder} is in use by another stack; stop that one, or choose another folder`;
    throw new LocalStackError('DATA_FOLDER_TAKEN', message, { cause: error });
  }
};
