import { parse } from 'csv-parse/sync';
import { delimiters, mostHeaderLines } from '../csv-beginning.ts';
import { lineCounter } from '../csv-rows.ts';

interface Found {
  /** The line on which the header stands, counted from 1. */
  readonly line: number;
  readonly delimiter: string;
}

/** A record with the line on which it begins. */
interface LocatedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The most records that are looked at. */
const mostRecords = 200;

/** Parses the first records of a text, up to the first one that can't be parsed, without blank ones. */
const parseRecords = (text: string, delimiter: string): LocatedRecord[] => {
  const records: LocatedRecord[] = [];
  const locate = lineCounter(1);
  try {
    parse(text, {
      delimiter,
      to: mostRecords,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], { lines }: { lines: number }) => {
        records.push({ line: locate(cells, lines).begin, cells });
        return null;
      },
    });
  } catch {
    // The text is the beginning of a file, and may end inside a quote.
  }
  return records.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
};

/** Returns the number of cells up to the last one that is filled. */
const filledWidth = (cells: readonly string[]): number =>
  cells.findLastIndex((cell) => cell.trim() !== '') + 1;

/** Returns how many columns a record may name: its cells, or the filled ones if most are empty, as those of a title. */
const nameWidth = (cells: readonly string[]): number => {
  const filled = cells.filter((cell) => cell.trim() !== '').length;
  return filled * 2 >= cells.length ? cells.length : filled;
};

/** Returns the width of most records that have several cells, without cells at the end that none of them fills. */
const tableWidth = (records: readonly LocatedRecord[]): number => {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  counts.delete(1);
  const [width = 1] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || b - a)[0] ?? [];
  return Math.max(
    1,
    ...records.filter(({ cells }) => cells.length === width).map(({ cells }) => filledWidth(cells)),
  );
};

/**
 * Finds the delimiter of a text, and the line of its header: the first record that is as wide as the table, whatever
 * its names. The delimiter is the one that divides the most records, then the one that gives the most columns.
 */
export const findHeader = (text: string): Found => {
  let best: Found = { line: 1, delimiter: delimiters[0] };
  let most = { divided: 0, width: 1 };
  for (const delimiter of delimiters) {
    const records = parseRecords(text, delimiter);
    const width = tableWidth(records);
    const index = records.findIndex(({ cells }) => nameWidth(cells) >= width);
    const header = records[index];
    if (width < 2 || header === undefined || header.line > mostHeaderLines) continue;
    const divided = records.slice(index).filter(({ cells }) => cells.length > 1).length;
    if (divided < most.divided || (divided === most.divided && width <= most.width)) continue;
    most = { divided, width };
    best = { line: header.line, delimiter };
  }
  return best;
};
