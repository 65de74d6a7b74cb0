import { once } from 'node:events';
import { styleText } from 'node:util';
import { type CsvRow, formatCsv } from './csv.ts';
import type { Line } from './line.ts';
import { formatJson } from './printable.ts';
import { render, type Screen } from './render.ts';

// All output of the commands leaves through this file (a test looks for others), so that no value from outside can
// control a terminal. It takes lines, not texts: a line break inside a line came with a value, and is shown as �.

/** One line, or several. */
export type Lines = Line | readonly Line[];

/** The narrowest terminal for which lines are wrapped: some say 0, and a wrapped text needs room for words. */
const narrowest = 20;

/** Returns what a stream shows lines on. Node decides about colours: by the terminal, `NO_COLOR` and `FORCE_COLOR`. */
const screenOf = (stream: NodeJS.WriteStream): Screen => ({
  columns: stream.isTTY && stream.columns >= narrowest ? stream.columns : undefined,
  paint: (style, text) => styleText(style, text, { stream }),
});

const isList = (lines: Lines): lines is readonly Line[] => Array.isArray(lines);

const write = (stream: NodeJS.WriteStream, lines: Lines): void => {
  for (const row of render(isList(lines) ? lines : [lines], screenOf(stream))) stream.write(`${row}\n`);
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
