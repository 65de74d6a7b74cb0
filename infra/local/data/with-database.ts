import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/**
 * Runs work on a database file that another process may have open: SQLite's locks order the two. A file that is gone is
 * not made anew.
 *
 * @param timeout how long to wait for the other process, in milliseconds
 * @throws Error of SQLite, such as `unable to open database file`
 */
export const withDatabase = (file: string, timeout: number, work: (database: DatabaseSync) => void): void => {
  const url = pathToFileURL(file);
  url.searchParams.set('mode', 'rw');
  const database = new DatabaseSync(url, { timeout });
  try {
    work(database);
  } finally {
    database.close();
  }
};
