import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { CliError } from '../errors.ts';
import { findMark } from './byte-order-mark.ts';

/** Returns why a file can't be read, from the error of the file system. */
export const whyUnreadable = (error: NodeJS.ErrnoException): string => {
  if (error.code === 'ENOENT') return 'there is no such file';
  return error.code === 'EISDIR' ? 'it is a folder' : error.message;
};

const readBytes = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (cause) {
    const why = whyUnreadable(cause as NodeJS.ErrnoException);
    throw new CliError('FILE_UNREADABLE', `${file} can't be read: ${why}`, { cause });
  }
};

/** Finds the first line that isn't UTF-8, counted from 1. */
const findBrokenLine = (bytes: Buffer): number => {
  let line = 1;
  for (let begin = 0; begin < bytes.length; line += 1) {
    const end = bytes.indexOf('\n', begin);
    const next = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(begin, next))) return line;
    begin = next;
  }
  return line;
};

/** Returns the text of bytes in UTF-8, or in the UTF-16 that a byte order mark names, without that mark. */
const decode = (bytes: Buffer, file: string): string => {
  const encoding = findMark(bytes)?.encoding ?? 'utf-8';
  if (encoding !== 'utf-8' || isUtf8(bytes)) return new TextDecoder(encoding).decode(bytes);
  const where = `line ${findBrokenLine(bytes)} holds bytes that are no UTF-8`;
  throw new CliError('FILE_UNREADABLE', `${file} can't be read: ${where}; allowed: a text in UTF-8`);
};

/**
 * Reads the text of a file, without the byte order mark that some editors put first.
 *
 * @throws CliError with the file's name and the reason if it can't be read, or isn't UTF-8
 */
export const readText = (file: string): string => decode(readBytes(file), file);
