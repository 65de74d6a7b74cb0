import { readFileSync } from 'node:fs';
import { CliError } from '../errors.ts';

/** Returns why a file can't be read, from the error of the file system. */
export const whyUnreadable = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return 'there is no such file';
  return error.code === 'EISDIR' ? 'it is a folder' : error.message;
};

/**
 * Reads the text of a file, without the byte order mark that some editors put first.
 *
 * @throws CliError with the file's name and the reason if it can't be read
 */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (cause) {
    const why = whyUnreadable(cause as NodeJS.ErrnoException);
    throw new CliError('FILE_UNREADABLE', `${file} can't be read: ${why}`, { cause });
  }
};
