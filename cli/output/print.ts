import { once } from 'node:events';
import { type CsvRow, formatCsv } from './csv.ts';
import { formatJson, printable } from './printable.ts';

// All output of the commands leaves through this file (a test looks for others), so that no value from outside can
// control a terminal. It takes lines, not texts: a line break inside a line came with a value, and is shown as �.

/** One line, or several. */
export type Lines = string | readonly string[];

const write = (stream: NodeJS.WriteStream, lines: Lines): void => {
  for (const line of typeof lines === 'string' ? [lines] : lines) stream.write(`${printable(line)}\n`);
};

/** Prints lines for people to standard output. */
export const print = (lines: Lines): void => write(process.stdout, lines);

/** Writes remarks for the person at the terminal to standard error; standard output is for results. */
export const note = (lines: Lines): void => write(process.stderr, lines);

/** Prints a value as one line of JSON, for programs. */
export const printJson = (value: unknown): void => void process.stdout.write(`${formatJson(value)}\n`);

/** Prints rows as CSV, for spreadsheets. */
export const printCsv = (rows: readonly CsvRow[]): void => void process.stdout.write(formatCsv(rows));

/** Prints a text exactly as it came. It may control the terminal: only for a user who asked for it. */
export const printRaw = (text: string): void => void process.stdout.write(text);

/** Waits for a slow reader of standard output, so that long outputs don't pile up in memory. */
export const untilRead = async (): Promise<void> => {
  if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
};

/** Ends the process: with success if the reader went away, as `head` does, and with failure otherwise. */
export const exitOnOutputError = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    note(`sluice: the output can't be written: ${error.message}`);
    process.exit(1);
  });
  // What can't be said must not keep the local stack from ending in order.
  process.stderr.on('error', () => undefined);
};
