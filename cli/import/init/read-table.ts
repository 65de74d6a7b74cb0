import { open } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { columnName, openCsv } from '../csv-rows.ts';
import type { CsvOptions } from '../mapping.ts';

/** A CSV file whose settings were found, with its first rows. */
export interface Table {
  readonly file: string;
  /** The settings that a mapping must name; those that are the default are left out. */
  readonly csv: CsvOptions;
  /** The names of columns that occur once, as a mapping may name them. */
  readonly names: readonly string[];
  /** The texts of each column that aren't empty, by name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly rows: number;
}

/** The most rows that are looked at. */
const mostRows = 5_000;
/** The part of a file in which the header is looked for. */
const longestBeginning = 1 << 16;
const mostLines = 20;
const delimiters = [',', ';', '\t', '|'];

const readBeginning = async (file: string): Promise<Buffer> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(longestBeginning), 0, longestBeginning, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Finds the encoding that bytes are in. A byte order mark names its own, and UTF-8 is the default. */
const findEncoding = (bytes: Buffer): { name: NonNullable<CsvOptions['encoding']>; needed: boolean } => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', needed: false };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', needed: false };
  if (second === 0 && first !== 0) return { name: 'utf-16le', needed: true };
  if (first === 0 && second !== 0) return { name: 'utf-16be', needed: true };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return { name: 'utf-8', needed: false };
  } catch {
    return { name: 'windows-1252', needed: true };
  }
};

const parseRecords = (text: string, delimiter: string): string[][] => {
  try {
    const options = { delimiter, to: 3, relax_quotes: true, relax_column_count: true };
    return parse(text, { ...options, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch {
    return [];
  }
};

/** Returns how well records begin with a header: its names, if all are filled and distinct and a row fits them. */
const rateHeader = ([header = [], row = []]: readonly string[][]): number => {
  const names = header.map(columnName).filter((name) => name !== '');
  const fits = row.length === 0 || row.length === header.length ? 1 : 0.5;
  return new Set(names).size * fits;
};

/** Finds the delimiter of a text, and the line on which its header stands. */
const findHeader = (text: string): { line: number; delimiter: string } => {
  const starts = [
    0,
    ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: sign, index }) => index + sign.length),
  ];
  let best = { line: 1, delimiter: ',' };
  let most = 0;
  for (const [index, start] of starts.slice(0, mostLines).entries()) {
    for (const delimiter of delimiters) {
      const rate = rateHeader(parseRecords(text.slice(start), delimiter));
      if (rate <= most) continue;
      most = rate;
      best = { line: index + 1, delimiter };
    }
  }
  return best;
};

/**
 * Reads the beginning of a CSV file whose settings nobody has named.
 *
 * @throws ImportError if the file can't be read
 */
export const readTable = async (file: string): Promise<Table> => {
  const bytes = await readBeginning(file);
  const encoding = findEncoding(bytes);
  const text = new TextDecoder(encoding.name).decode(bytes, { stream: true });
  const { line, delimiter } = findHeader(text);
  const skipped = text.split(/\r\n|\n|\r/).slice(0, line - 1);
  // Blank lines and Excel's sep= are passed over anyway.
  const isDefault = skipped.every((one) => one.trim() === '' || /^"?sep=/i.test(one));
  const csv: CsvOptions = {
    ...(delimiter !== ',' && { delimiter }),
    ...(encoding.needed && { encoding: encoding.name }),
    ...(!isDefault && { header: line }),
  };
  const { header, rows } = await openCsv(file, csv);
  const counted = new Map<string, number>();
  for (const name of header) counted.set(name, (counted.get(name) ?? 0) + 1);
  const names = header.filter((name) => name !== '' && counted.get(name) === 1);
  const values = new Map(names.map((name) => [name, [] as string[]]));
  let count = 0;
  for await (const { cells } of rows) {
    count += 1;
    for (const [index, cell] of cells.entries()) {
      const given = cell.trim();
      if (given !== '') values.get(header[index] ?? '')?.push(given);
    }
    if (count >= mostRows) break;
  }
  await rows.return(undefined);
  return { file, csv, names, values, rows: count };
};
