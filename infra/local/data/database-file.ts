import { withDatabase } from './with-database.ts';

/** The room that the check asks for: more than one commit of a function takes. */
const bytes = 1_048_576;
const busy = 5;

/**
 * Checks that a database file of another process can be written, by a transaction that is undone. Its cache is smaller
 * than its content, so the content does reach the disk.
 *
 * @throws Error of SQLite, such as `database or disk is full`
 */
export const checkWritable = (file: string): void =>
  withDatabase(file, 0, (database) => {
    try {
      database.exec(`
        PRAGMA cache_size = 8;
        BEGIN IMMEDIATE;
        CREATE TABLE sluice_check (content);
        INSERT INTO sluice_check VALUES (zeroblob(${bytes}));
        ROLLBACK`);
    } catch (error) {
      // Somebody who is writing to the file shows that it can be written.
      if ((error as { errcode?: number }).errcode !== busy) throw error;
    }
  });
