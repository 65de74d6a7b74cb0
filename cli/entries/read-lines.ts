import { open } from 'node:fs/promises';
import { CliError } from '../errors.ts';
import { splitLines } from './split-lines.ts';

/** A line of a file of events, with its position. */
export interface Line {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
}

const unreadable = (file: string, why: string, cause?: unknown): CliError =>
  new CliError('FILE_UNREADABLE', `${file} can't be read: ${why}`, { cause });

const openText = async (file: string): Promise<AsyncIterable<string>> => {
  if (file === '-') return process.stdin.setEncoding('utf8');
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'there is no such file' : error.message, error);
  });
  if ((await handle.stat()).isDirectory()) {
    await handle.close();
    throw unreadable(file, 'it is a folder');
  }
  return handle.createReadStream({ encoding: 'utf8' });
};

/** Yields the lines of files in order, without blank ones. `-` is standard input. */
export async function* readLines(files: readonly string[]): AsyncGenerator<Line> {
  for (const file of files) {
    let number = 0;
    for await (const text of splitLines(await openText(file))) {
      number++;
      const line = number === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (line.trim() !== '') yield { file, number, text: line };
    }
  }
}
