import { stringify } from 'csv-stringify/sync';
import { printable } from './printable.ts';

export type CsvRow = readonly (string | number | null)[];

/**
 * Returns rows as CSV (RFC 4180). Texts come from outside, and one such as `=HYPERLINK(…)` would run when a spreadsheet
 * opens the file: cells that begin like a formula are prefixed with a quote mark. Texts are trimmed before, since
 * spreadsheets differ in what they skip before a formula.
 */
export const formatCsv = (rows: readonly CsvRow[]): string =>
  stringify([...rows], {
    escape_formulas: true,
    record_delimiter: '\r\n',
    cast: { string: (text) => printable(text).trim() },
  });
