import { open } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import { CliError } from '../errors.ts';

/** A line of a file of events, with its position. */
export interface Line {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

const unreadable = (file: string, why: string, cause?: unknown): CliError =>
  new CliError('FILE_UNREADABLE', `${file} can't be read: ${why}`, { cause });

const openLines = async (file: string): Promise<Interface> => {
  if (file === '-') return createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'there is no such file' : error.message, error);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw unreadable(file, 'it is a folder');
  }
  return handle.readLines();
};

/** Yields the lines of files in order, without blank ones. `-` is standard input. */
export async function* readLines(files: readonly string[]): AsyncGenerator<Line> {
  for (const file of files) {
    let number = 0;
    for await (const text of await openLines(file)) {
      number++;
      const line = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (line.trim() !== '') yield { file, number, text: line };
    }
  }
}
