import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalStackError, messageOf } from '../errors.ts';
import { issuerKeyFile, secretsFile, stackFile, tablesFile, unusable, unusableFile } from './data-files.ts';
import { guardWrites, type Write, watchFile } from './guarded-write.ts';

/** A folder that outlives the stack, held by one stack at a time. */
export interface DataFolder {
  readonly folder: string;
  /** The runtime's own data: the messages in queues, and the position in each stream. */
  readonly database: DatabaseSync;
  /** The file of the database engine. */
  readonly tablesFile: string;
  /** Returns the folder of a bucket's objects. */
  readonly bucketFolder: (name: string) => string;
  /** Whether an earlier start has noted that the tables exist. */
  readonly hadTables: boolean;
  readonly noteTables: () => void;
  readonly write: Write;
  /** Returns whether the folder is still there, and is the one that was opened. */
  readonly isPresent: () => boolean;
  readonly close: () => void;
  /**
   * Removes what opening it has made, after it was closed: for a start that failed before it accepted anything. A
   * folder that an earlier start has used stays as it is.
   */
  readonly discard: () => void;
}

const files = [stackFile, tablesFile];
const objects = 'objects';
const ownNames = new Set([
  objects,
  issuerKeyFile,
  secretsFile,
  ...files.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
]);

const listNames = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

/** Removes folders from the inner to the outer one, as far as they are empty. */
const removeEmpty = (inner: string, outer: string): void => {
  try {
    rmdirSync(inner);
  } catch {
    // Somebody has put something into it meanwhile.
    return;
  }
  if (inner !== outer) removeEmpty(dirname(inner), outer);
};

/** Returns the function that makes a folder's opening undone. `made` is the outermost folder that it has created. */
const discarder =
  (folder: string, before: readonly string[], made: string | undefined): (() => void) =>
  () => {
    if (before.some((name) => ownNames.has(name))) return;
    for (const name of ownNames) rmSync(join(folder, name), { recursive: true, force: true });
    if (made !== undefined) removeEmpty(folder, made);
  };

/**
 * Restricts a folder to its user, since it holds personal data. One with other things in it isn't changed: it may be a
 * home folder, which others must be able to enter.
 *
 * @throws LocalStackError `DATA_FOLDER_UNUSABLE` if others may enter it, and it has other things in it
 */
const restrictFolder = (folder: string): void => {
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o077) === 0) return;
  const other = readdirSync(folder).find((name) => !ownNames.has(name));
  if (other === undefined) {
    chmodSync(folder, 0o700);
    return;
  }
  throw new LocalStackError(
    'DATA_FOLDER_UNUSABLE',
    `the data folder ${folder} can't be used: others may enter it (its mode is ${mode.toString(8)}, allowed is 700) ` +
      `and it has other files, such as ${JSON.stringify(other)}; choose an empty folder`,
  );
};

/** Creates the files in a folder and restricts what is there to its user. SQLite's other files get the same mode. */
const restrictFiles = (folder: string): void => {
  for (const name of files) {
    const file = join(folder, name);
    // Closing a file would release this process's lock on it.
    if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  }
  for (const name of readdirSync(folder)) {
    // Secrets that others could read are not made private again as if nothing had happened (secret-file.ts).
    if (ownNames.has(name) && name !== secretsFile)
      chmodSync(join(folder, name), name === objects ? 0o700 : 0o600);
  }
};

/** Refuses a folder that has lost a file. It would be made anew, without its data. */
const assertComplete = (folder: string): void => {
  const sizeOf = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  const isLost = (name: string) => !existsSync(join(folder, name));
  if (sizeOf(tablesFile) > 0 && isLost(stackFile)) throw unusableFile(folder, stackFile, 'it is missing');
  if (sizeOf(`${tablesFile}-wal`) > 0 && isLost(tablesFile))
    throw unusableFile(folder, tablesFile, 'it is missing');
};

const isBusy = (error: unknown): boolean =>
  ['database is locked', 'database is busy'].includes(messageOf(error));

/**
 * Opens the database of a folder under an exclusive lock. The lock is SQLite's and belongs to the process: it is
 * released when the process ends, however that happens. A killed process loses nothing that was written.
 */
const openLocked = (folder: string): Pick<DataFolder, 'database' | 'hadTables'> => {
  const database = new DatabaseSync(join(folder, stackFile));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    // Overwrites what is deleted: the messages that are processed.
    database.exec('PRAGMA secure_delete = ON');
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
    const before = listNames(folder);
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    restrictFolder(folder);
    assertComplete(folder);
    restrictFiles(folder);
    const { database, hadTables } = openLocked(folder);
    const isPresent = watchFile(join(folder, stackFile));
    const write = guardWrites(folder, isPresent);
    return {
      folder,
      database,
      tablesFile: join(folder, tablesFile),
      write,
      isPresent,
      hadTables,
      noteTables: () => write(stackFile, () => database.exec('PRAGMA user_version = 1')),
      bucketFolder: (name) => join(folder, objects, name),
      close: () => database.close(),
      discard: discarder(folder, before, made),
    };
  } catch (error) {
    if (error instanceof LocalStackError) throw error;
    if (!isBusy(error)) throw unusable(folder, error);
    const message = `the data folder ${folder} is in use by another stack; stop that one, or choose another folder`;
    throw new LocalStackError('DATA_FOLDER_TAKEN', message, { cause: error });
  }
};
