import { open } from 'node:fs/promises';
import { CliError } from '../errors.ts';
import { whyUnreadable } from '../text/read-text.ts';
import { decodeText } from './decode-text.ts';
import { splitEntries, type TextEntry } from './split-entries.ts';
import { splitLines } from './split-lines.ts';

/** An event of a file, as text, with its position. */
export interface FileEntry extends TextEntry {
  readonly file: string;
}

const unreadable = (file: string, why: string, cause?: unknown): CliError =>
  new CliError('FILE_UNREADABLE', `${file} can't be read: ${why}`, { cause });

const openFile = async (file: string): Promise<AsyncIterable<Buffer>> => {
  if (file === '-') return process.stdin;
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, whyUnreadable(error), error);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw unreadable(file, 'it is a folder');
  }
  return handle.createReadStream();
};

/**
 * Yields the events of files in order: JSON lines, objects over several lines, and lists of events. `-` is standard
 * input.
 */
export async function* readEntries(files: readonly string[]): AsyncGenerator<FileEntry> {
  for (const file of files) {
    const lines = splitLines(decodeText(await openFile(file)));
    for await (const entry of splitEntries(lines)) yield { file, ...entry };
  }
}

/**
 * Returns the position of an event of a file for people.
 *
 * @example formatOrigin({ file: 'events.json', number: 12, item: 3 }) // 'events.json:12 (entry 3)'
 */
export const formatOrigin = ({ file, number, item }: Omit<FileEntry, 'text'>): string =>
  `${file}:${number}${item === undefined ? '' : ` (entry ${item})`}`;
