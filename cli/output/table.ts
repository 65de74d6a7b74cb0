import type { Cell, Table, TableColumn } from './line.ts';
import { printable } from './printable.ts';
import { displayWidth, truncate } from './width.ts';

/**
 * Returns a table.
 *
 * @param rows the first row has the titles of the columns
 */
export const table = (rows: Table['rows'], columns: readonly TableColumn[] = []): Table => ({
  rows,
  columns,
  indent: 0,
});

/** A cell as it is shown, with the blanks on both sides that align it. */
export interface ShownCell {
  readonly cell: Cell;
  readonly before: string;
  readonly text: string;
  readonly after: string;
}

/** The blanks between two cells. */
export const gap = 2;

/** The width that a column of texts keeps, if it doesn't say otherwise; and the one it keeps if that isn't enough. */
const usualLeast = 10;
const hardLeast = 4;

const readCell = (cell: Cell): string => printable(typeof cell === 'object' ? cell.text : String(cell));

const sum = (widths: readonly number[]): number =>
  widths.reduce((total, width) => total + width, 0) + gap * Math.max(0, widths.length - 1);

/** Takes from the widest columns until all fit, or none may give more. */
const shrink = (widths: readonly number[], least: readonly number[], available: number): number[] => {
  const shrunk = [...widths];
  for (let excess = sum(widths) - available; excess > 0; excess--) {
    let widest = -1;
    shrunk.forEach((width, i) => {
      if (width > (least[i] ?? 0) && (widest < 0 || width > (shrunk[widest] ?? 0))) widest = i;
    });
    if (widest < 0) break;
    shrunk[widest] = (shrunk[widest] ?? 0) - 1;
  }
  return shrunk;
};

interface Widths {
  /** The width at which nothing is cut. */
  readonly natural: number;
  /** The width at which no number is cut; undefined for a column of texts. */
  readonly ofNumbers: number | undefined;
}

const measure = ({ rows }: Table, texts: readonly (readonly string[])[]): Widths[] =>
  (rows[0] ?? []).map((_, i) => {
    const widest = (of: readonly (readonly string[])[]): number =>
      of.reduce((width, row) => Math.max(width, displayWidth(row[i] ?? '')), 0);
    const isNumeric = rows.length > 1 && rows.slice(1).every((row) => typeof row[i] === 'number');
    return { natural: widest(texts), ofNumbers: isNumeric ? widest(texts.slice(1)) : undefined };
  });

/** Returns the columns to show, by their indices, and their widths. */
const fitColumns = (
  measured: readonly Widths[],
  columns: readonly TableColumn[],
  available: number,
): Map<number, number> => {
  let shown = measured.map((_, i) => i);
  const leastOf = (i: number): number => {
    const { natural = 0, ofNumbers } = measured[i] ?? {};
    // Of a column of numbers, the title gives way first.
    const usual = ofNumbers === undefined ? usualLeast : Math.max(ofNumbers, hardLeast);
    const { least = usual } = columns[i] ?? {};
    return Math.min(natural, least === 'whole' ? natural : least);
  };
  while (sum(shown.map(leastOf)) > available) {
    const rankOf = (i: number): number => columns[i]?.optional ?? 0;
    const dropped = shown.reduce((a, b) => (rankOf(b) > rankOf(a) ? b : a), -1);
    if (dropped < 0) break;
    shown = shown.filter((i) => i !== dropped);
  }
  const widths = shown.map((i) => measured[i]?.natural ?? 0);
  const shrunk = shrink(
    shrink(widths, shown.map(leastOf), available),
    shown.map(() => hardLeast),
    available,
  );
  return new Map(shown.map((i, at) => [i, shrunk[at] ?? 0]));
};

const align = (cell: Cell, whole: string, width: number): ShownCell => {
  const text = truncate(whole, width);
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return typeof cell === 'number'
    ? { cell, before: blanks, text, after: '' }
    : { cell, before: '', text, after: blanks };
};

/** Lays out a table within so many columns of a terminal, or with every cell whole. */
export const layOut = (given: Table, available = Number.POSITIVE_INFINITY): ShownCell[][] => {
  const { rows, columns, indent } = given;
  const texts = rows.map((row) => row.map(readCell));
  const widths = [...fitColumns(measure(given, texts), columns, available - indent)];
  return rows.map((row, r) => widths.map(([i, width]) => align(row[i] ?? '', texts[r]?.[i] ?? '', width)));
};
