import { LocalStackError, messageOf } from '../errors.ts';

/** The file of the runtime's own data in a data folder: the messages in queues, and the position in each stream. */
export const stackFile = 'stack.db';
/** The file of the engine's tables in a data folder. */
export const tablesFile = 'tables.db';
/** The file of the private key of the local issuer in a data folder, as PEM. */
export const issuerKeyFile = 'issuer-key.pem';

/** The file of the values of secrets in a data folder. */
export const secretsFile = 'secrets.json';

/** Returns the error of a folder that can't be used because of one of its files. */
export const unusableFile = (folder: string, file: string, why: string, cause?: unknown): LocalStackError => {
  const message = `the data folder ${folder} can't be used (${file}: ${why})`;
  const advice =
    'if its disk has room and allows writes, restore the folder from a copy or choose another one';
  return new LocalStackError('DATA_FOLDER_UNUSABLE', `${message}; ${advice}`, { cause });
};

/** Returns the error of a folder that can't be used because of its files other than the tables. */
export const unusable = (folder: string, cause: unknown): LocalStackError => {
  // The errors of the file system name their file, those of SQLite and of the parser don't.
  const { path = stackFile } = cause as NodeJS.ErrnoException;
  return unusableFile(folder, path, messageOf(cause), cause);
};
