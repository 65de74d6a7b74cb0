import { readBeginning } from '../csv-beginning.ts';
import { openCsv } from '../csv-rows.ts';
import { readSize } from '../import-files.ts';
import type { CsvOptions } from '../mapping.ts';
import { findHeader } from './find-header.ts';
import { findShownOrder, type ShownOrder } from './guess-date.ts';

/** A CSV file whose settings were found, with its first rows. */
export interface Table {
  readonly file: string;
  /** The settings that a mapping must name; those that are the default are left out. */
  readonly csv: CsvOptions;
  /** The names of columns that occur once, as a mapping may name them. */
  readonly names: readonly string[];
  /** The texts of each column that aren't empty, by name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** The positions of the columns that have no name of their own, counted from 1. */
  readonly unnamed: readonly number[];
  /** The order of day and month that some column shows. */
  readonly order: ShownOrder | undefined;
  readonly rows: number;
}

/** The most rows that are looked at. */
const mostRows = 5_000;
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

/**
 * Reads the beginning of a CSV file whose settings nobody has named.
 *
 * @throws ImportError if the file can't be read
 */
export const readTable = async (file: string): Promise<Table> => {
  // A pipe would never end, and a folder can't be read.
  await readSize(file);
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
  const unnamed = header.flatMap((name, index) => (names.includes(name) ? [] : [index + 1]));
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
  return { file, csv, names, values, unnamed, order: findShownOrder(values), rows: count };
};
