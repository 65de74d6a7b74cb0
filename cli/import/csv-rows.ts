import { createReadStream } from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Problem } from '../../events/index.ts';
import { ImportError } from './import-error.ts';
import type { CsvOptions, Encoding } from './mapping.ts';

/** One record of a CSV file; the header is one too. */
export interface CsvRow {
  /** The line on which the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The largest row. It bounds what a quote that is never closed can swallow. */
const mostBytesPerRow = 4 << 20;

const decode = (encoding: Encoding, onBytes: (count: number) => void): Transform => {
  const decoder = new TextDecoder(encoding);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, decoder.decode(chunk, { stream: true }));
    },
    flush(done) {
      done(null, decoder.decode());
    },
  });
};

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Counts lines. csv-parse gives the line on which a record ends, and counts CR LF inside quotes as two. */
const lineCounter = () => {
  let overcounted = 0;
  return (cells: readonly string[], endLine: number): number => {
    let inside = 0;
    for (const cell of cells) {
      if (!cell.includes('\n') && !cell.includes('\r')) continue;
      overcounted += count(cell, /\r\n/g);
      inside += count(cell, /\r\n|\n|\r/g);
    }
    return endLine - overcounted - inside;
  };
};

const csvWords: ReadonlyMap<string, string> = new Map([
  ['CSV_QUOTE_NOT_CLOSED', 'a quote is not closed'],
  ['CSV_MAX_RECORD_SIZE', `it is longer than ${mostBytesPerRow} bytes; perhaps a quote is not closed`],
]);

const asImportError = (error: unknown, file: string): ImportError => {
  const why = error instanceof Error ? error.message : String(error);
  if (!(error instanceof CsvError)) {
    return new ImportError('file-unreadable', `${file} can't be read: ${why}`, [], error);
  }
  const record = Number(error.records ?? 0) + 1;
  const reason = csvWords.get(error.code) ?? why;
  return new ImportError('csv-broken', `${file}: record ${record}, the header counted: ${reason}`, [], error);
};

/**
 * Streams the records of a CSV file, in memory that doesn't grow with it. Empty lines are passed over.
 *
 * @throws ImportError if the file can't be read, or a quote isn't closed.
 */
async function* readCsvRows(
  file: string,
  { delimiter, encoding }: CsvOptions,
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    // A quote in the middle of an unquoted cell (5" pipe) stands for itself.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: mostBytesPerRow,
  });
  // The parser hands errors of the whole pipeline on to the loop below.
  pipeline(createReadStream(file), decode(encoding, onBytes), parser, () => {});
  const beginOf = lineCounter();
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      yield { line: beginOf(record, info.lines), cells: record };
    }
  } catch (error) {
    throw asImportError(error, file);
  }
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: AsyncGenerator<CsvRow>;
}

/** The longest name of a column. The file of rejects repeats the names with every row. */
const longestName = 1_000;

const assertNamesFit = (file: string, header: readonly string[]): void => {
  const index = header.findIndex((name) => name.length > longestName);
  if (index < 0) return;
  throw new ImportError('headers-invalid', `the header of ${file} can't be used:`, [
    {
      path: `column ${index + 1}`,
      given: `a name of ${header[index]?.length} characters`,
      allowed: `at most ${longestName} characters`,
    },
  ]);
};

/**
 * Opens a CSV file and reads its header line: the column names, white space around them cut off.
 *
 * @throws ImportError if the file is empty, can't be read, or has a name that is too long
 */
export const openCsv = async (
  file: string,
  options: CsvOptions,
  onBytes?: (count: number) => void,
): Promise<CsvFile> => {
  const rows = readCsvRows(file, options, onBytes);
  const first = await rows.next();
  if (first.done === true) {
    throw new ImportError('headers-invalid', `${file} is empty; its first line must hold the column names`);
  }
  const header = first.value.cells.map((name) => name.trim());
  assertNamesFit(file, header);
  return { header, rows };
};

/** Returns a row as an object, for people to correct. Cells beyond the header are numbered. */
export const rowAsObject = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(cells.map((cell, index) => [header[index] || `(column ${index + 1})`, cell]));

/** Returns the problem of a row whose cells are more or fewer than the header's. */
export const cellCountProblem = (header: readonly string[], { cells }: CsvRow): Problem | undefined =>
  cells.length === header.length
    ? undefined
    : {
        path: '(the row)',
        given: `${cells.length} cells`,
        allowed: `${header.length} cells, as in the header`,
      };
