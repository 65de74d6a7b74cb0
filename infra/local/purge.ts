import type { DatabaseSync } from 'node:sqlite';
import { messageOf } from './errors.ts';

/**
 * Rewrites the file of a database without what was deleted or replaced in it. SQLite leaves such contents in unused
 * parts of the file and in its log until it needs the room for something else.
 */
export const purgeFile = (database: DatabaseSync): void => {
  database.exec('VACUUM');
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() ?? {};
  if (busy !== 0) throw new Error('the log of the database is in use');
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
      // The stack ends, and purges then.
      () => undefined,
    );
  }

  /** Purges now. A failure is reported and harms nothing: the next purge does it all. */
  purge(): void {
    try {
      this.#props.purge();
    } catch (error) {
      this.#props.onProblem(`can't remove deleted contents from the data folder: ${messageOf(error)}`);
    }
  }
}
