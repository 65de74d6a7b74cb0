import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type Problem, showValue } from '../../events/index.ts';
import { type ByteEncoding, decodeCell } from './cell-text.ts';
import { type CsvBytes, openBytes } from './csv-bytes.ts';
import { ImportError } from './import-error.ts';
import type { CsvOptions } from './mapping.ts';

/** One record of a CSV file; the header is one too. */
export interface CsvRow {
  /** The line on which the record begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** The largest row. It bounds what a quote that is never closed can swallow. */
const mostBytesPerRow = 4 << 20;

const lineBreaks = /\r\n|\n|\r/g;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Counts lines. csv-parse gives the line on which a record ends, and counts CR LF inside quotes as two. */
export const lineCounter = (firstLine: number) => {
  let overcounted = 1 - firstLine;
  return (cells: readonly string[], endLine: number) => {
    let inside = 0;
    for (const cell of cells) {
      if (!cell.includes('\n') && !cell.includes('\r')) continue;
      overcounted += count(cell, /\r\n/g);
      inside += count(cell, lineBreaks);
    }
    const end = endLine - overcounted;
    return { begin: end - inside, end };
  };
};

/** Returns a sign as the bytes that stand for it in the file. */
const encodeSign = (sign: string, encoding: ByteEncoding): Buffer => {
  if (encoding !== 'windows-1252') return Buffer.from(sign);
  const bytes = Array.from({ length: 256 }, (_, byte) => Buffer.of(byte));
  return bytes.find((byte) => decodeCell(byte.toString('latin1'), encoding) === sign) ?? Buffer.from(sign);
};

/** Finds the quote that opens a cell and isn't closed, in a text that begins with a record. */
const findOpenQuote = (text: string, delimiter: string): number | undefined => {
  const isEnd = (at: number) => text.startsWith(delimiter, at) || text[at] === '\n' || text[at] === '\r';
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1);
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
      if (close < 0) return at;
      at = close + 1;
    }
    while (at < text.length && !isEnd(at)) at += 1;
  }
  return undefined;
};

type Reopen = () => Promise<CsvBytes>;

/** The position behind the last record that was read. */
interface Position {
  line: number;
  offset: number;
}

/** Finds the line of the quote that makes the record at a position endless. */
const findQuoteLine = async (reopen: Reopen, { line, offset }: Position): Promise<number | undefined> => {
  const { chunks, settings, encoding } = await reopen();
  let passed = 0;
  const parts: Buffer[] = [];
  for await (const chunk of chunks) {
    parts.push(chunk.subarray(Math.max(0, Math.min(chunk.length, offset - passed))));
    passed += chunk.length;
    if (passed > offset + mostBytesPerRow) break;
  }
  const text = Buffer.concat(parts).toString('latin1');
  const at = findOpenQuote(text, encodeSign(settings.delimiter, encoding).toString('latin1'));
  return at === undefined ? undefined : line + count(text.slice(0, at), lineBreaks);
};

const asImportError = async (
  error: unknown,
  file: string,
  next: Position,
  reopen: Reopen,
): Promise<ImportError> => {
  if (error instanceof ImportError) return error;
  const why = error instanceof Error ? error.message : String(error);
  if (!(error instanceof CsvError)) {
    return new ImportError('file-unreadable', `${file} can't be read: ${why}`, [], error);
  }
  const quote = await findQuoteLine(reopen, next);
  const tooLong = error.code === 'CSV_MAX_RECORD_SIZE';
  const reasons = [
    ...(tooLong ? [`the row after line ${next.line - 1} is longer than ${mostBytesPerRow} bytes`] : []),
    ...(quote === undefined ? [] : [`a quote that opens on line ${quote} is not closed`]),
  ];
  return new ImportError('csv-broken', `${file}: ${reasons.join('; ') || why}`, [], error);
};

const blankCell = (cell: string): boolean => cell.trim() === '';

/**
 * Streams the records of an open CSV file, in memory that doesn't grow with it. CR LF, LF and CR each end a record,
 * whatever ended the one before. Records of nothing but white space and delimiters are passed over.
 *
 * @throws ImportError if the file can't be read, or a quote isn't closed.
 */
async function* readCsvRows(
  file: string,
  { chunks, settings, encoding, line: firstLine }: CsvBytes,
  reopen: Reopen,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: encodeSign(settings.delimiter, encoding),
    record_delimiter: ['\r\n', '\n', '\r'],
    // One character for each byte: the cells are decoded one by one.
    encoding: 'latin1',
    info: true,
    relax_column_count: true,
    // A quote in the middle of an unquoted cell (5" pipe) stands for itself.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: mostBytesPerRow,
  });
  // The parser hands errors of the whole pipeline on to the loop below.
  pipeline(Readable.from(chunks), parser, () => {});
  const locate = lineCounter(firstLine);
  const next: Position = { line: firstLine, offset: 0 };
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number; bytes: number };
    }>) {
      const { begin, end } = locate(record, info.lines);
      next.line = end + 1;
      next.offset = info.bytes;
      const cells = record.map((cell) => decodeCell(cell, encoding));
      if (!cells.every(blankCell)) yield { line: begin, cells };
    }
  } catch (error) {
    throw await asImportError(error, file, next, reopen);
  }
}

export interface CsvFile {
  readonly header: readonly string[];
  /** The line on which the header begins, counted from 1. */
  readonly headerLine: number;
  readonly rows: AsyncGenerator<CsvRow>;
  /** The settings that the file is read with. */
  readonly settings: CsvBytes['settings'];
  /** Sentences about settings in which the file differs from the mapping. */
  readonly remarks: readonly string[];
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

/** Returns a column's name as names are compared: without white space around it, letters and marks composed. */
export const columnName = (text: string): string => text.trim().normalize('NFC');

const whyNoHeader = (line: number): string =>
  line === 1
    ? 'is empty; its first line must hold the column names'
    : `holds nothing from line ${line} on, where the column names must be`;

/**
 * Opens a CSV file and reads its header, the first line that isn't blank: the column names, white space around them
 * cut off.
 *
 * @throws ImportError if the file is empty, can't be read, or has a name that is too long
 */
export const openCsv = async (
  file: string,
  options: CsvOptions,
  onBytes: (count: number) => void = () => {},
): Promise<CsvFile> => {
  const reopen = () => openBytes(file, options, () => {});
  try {
    const bytes = await openBytes(file, options, onBytes);
    const rows = readCsvRows(file, bytes, reopen);
    const first = await rows.next();
    if (first.done === true) {
      throw new ImportError('headers-invalid', `${file} ${whyNoHeader(bytes.line)}`);
    }
    const header = first.value.cells.map(columnName);
    assertNamesFit(file, header);
    const { settings, remarks } = bytes;
    return { header, headerLine: first.value.line, rows, settings, remarks };
  } catch (error) {
    throw await asImportError(error, file, { line: 1, offset: 0 }, reopen);
  }
};

/** Returns the names of columns, each once: repeated ones are numbered, and so are empty ones and those beyond. */
const labelColumns = (header: readonly string[], length: number): string[] => {
  const names = new Set(header);
  const times = new Map<string, number>();
  return Array.from({ length }, (_, index) => {
    const name = header[index] || `(column ${index + 1})`;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    const numbered = `${name}#${time}`;
    if (time === 1) return name;
    return names.has(numbered) ? `${name} (column ${index + 1})` : numbered;
  });
};

/** Returns a row as an object, for people to correct. */
export const rowAsObject = (header: readonly string[], cells: readonly string[]): Record<string, string> => {
  const labels = labelColumns(header, cells.length);
  return Object.fromEntries(cells.map((cell, index) => [labels[index], cell]));
};

/**
 * Fits a row to its header: cells that are missing at its end are empty, and empty ones beyond the header are dropped.
 * A filled cell beyond the header is a problem: nobody knows which of the cells before it have slipped.
 */
export const fitRow = (
  header: readonly string[],
  row: CsvRow,
): { readonly row: CsvRow; readonly problem?: Problem } => {
  const { cells } = row;
  if (cells.length === header.length) return { row };
  const beyond = cells.findIndex((cell, index) => index >= header.length && !blankCell(cell));
  if (beyond >= 0) {
    const given = `${showValue(cells[beyond])} in cell ${beyond + 1}`;
    return {
      row,
      problem: {
        path: '(the row)',
        given,
        allowed: `nothing beyond the ${header.length} columns of the header`,
      },
    };
  }
  const fitted = header.map((_, index) => cells[index] ?? '');
  return { row: { ...row, cells: fitted } };
};
