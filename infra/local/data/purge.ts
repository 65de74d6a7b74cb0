import { statfsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from '../errors.ts';

const emptyLog = (database: DatabaseSync): void => {
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  if (busy !== 0) throw new Error('the log of the database is in use');
};

/** The room that is left for everything else while a database is rewritten, in bytes. */
const spareRoom = 2 * 1_048_576;
/** The bytes that the log adds to each page. Source: https://www.sqlite.org/fileformat2.html#the_write_ahead_log */
const frameHeader = 24;

/** Checks that the log has room for the whole database, which goes through it when it is rewritten. */
const assertRoom = (database: DatabaseSync, folder: string): void => {
  const read = (name: string) => Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
  const pages = read('page_count') - read('freelist_count');
  const needed = pages * (read('page_size') + frameHeader) + spareRoom;
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < needed)
    throw new Error(
      `there is room for ${bavail * bsize} bytes, needed are ${needed}; make room and stop the stack`,
    );
};

/**
 * Rewrites the file of a database without what was deleted or replaced in it. SQLite leaves such contents in unused
 * parts of the file and in its log until it needs the room for something else. The log is emptied before and after,
 * also after a failure: a log that filled the disk would end the stack.
 *
 * @param folder the folder of the file
 * @throws Error if there is no room
 */
export const purgeFile = (database: DatabaseSync, folder: string): void => {
  // The copy that SQLite makes for a while must not be on another disk.
  database.exec('PRAGMA temp_store = MEMORY');
  emptyLog(database);
  assertRoom(database, folder);
  try {
    database.exec('VACUUM');
  } finally {
    emptyLog(database);
  }
};

export interface PurgerProps {
  /** Resolves when nothing is left to do; rejects if the stack ends before. */
  readonly idle: () => Promise<void>;
  readonly purge: () => void;
  readonly onProblem: (message: string) => void;
}

/**
 * Purges files when the stack is idle. What is still being processed holds contents, and the process stands still while
 * a file is rewritten.
 */
export class Purger {
  readonly #props: PurgerProps;
  #waiting = false;

  constructor(props: PurgerProps) {
    this.#props = props;
  }

  /** Requests a purge as soon as nothing is left to do. */
  request(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#props.idle().then(
      () => {
        this.#waiting = false;
        this.purge();
      },
      // The stack ends. Unless it has failed, it purges then.
      () => undefined,
    );
  }

  /** Purges now. A failure is reported, and the next purge does it all. */
  purge(): void {
    try {
      this.#props.purge();
    } catch (error) {
      this.#props.onProblem(`can't remove deleted contents from the data folder: ${messageOf(error)}`);
    }
  }
}
