import { statSync } from 'node:fs';
import { LocalStackError, messageOf } from '../errors.ts';

/**
 * Runs a write to a file of a data folder.
 *
 * @throws LocalStackError `STORAGE_FAILED`
 */
export type Write = (file: string, run: () => void) => void;

/** Returns a function that tells whether a path still leads to the file that it leads to now. */
export const watchFile = (file: string): (() => boolean) => {
  const { ino } = statSync(file);
  return () => statSync(file, { throwIfNoEntry: false })?.ino === ino;
};

/** Returns a function that runs writes to the files of a folder, and reports those that fail. */
export const guardWrites =
  (folder: string, isPresent: () => boolean): Write =>
  (file, run) => {
    // Writes to files that were removed still succeed while they are open, and nobody would ever read them.
    if (!isPresent()) {
      const message = `the data folder ${folder} was removed or replaced while the stack used it`;
      throw new LocalStackError('STORAGE_FAILED', message);
    }
    try {
      run();
    } catch (error) {
      const why = `${file}: ${messageOf(error)}`;
      const message = `the data folder ${folder} can't be written (${why}); make room on its disk, or allow writes`;
      throw new LocalStackError('STORAGE_FAILED', message, { cause: error });
    }
  };
