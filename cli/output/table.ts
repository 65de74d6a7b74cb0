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

/** The columns that a text keeps, if its column doesn't say otherwise; and those it keeps if it still doesn't fit. */
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

/** Returns the columns to show, by their indices, and their widths. */
const fit = (
  natural: readonly number[],
  columns: readonly TableColumn[],
  available: number,
): Map<number, number> => {
  let shown = natural.map((_, i) => i);
  const leastOf = (i: number): number => {
    const { least = usualLeast } = columns[i] ?? {};
    return Math.min(natural[i] ?? 0, least === 'whole' ? Number.POSITIVE_INFINITY : least);
  };
  while (sum(shown.map(leastOf)) > available) {
    const dropped = shown.findLast((i) => columns[i]?.optional);
    if (dropped === undefined) break;
    shown = shown.filter((i) => i !== dropped);
  }
  const widths = shown.map((i) => natural[i] ?? 0);
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
export const layOut = (
  { rows, columns, indent }: Table,
  available = Number.POSITIVE_INFINITY,
): ShownCell[][] => {
  const texts = rows.map((row) => row.map(readCell));
  const natural = (rows[0] ?? []).map((_, i) =>
    texts.reduce((widest, row) => Math.max(widest, displayWidth(row[i] ?? '')), 0),
  );
  const widths = [...fit(natural, columns, available - indent)];
  return rows.map((row, r) => widths.map(([i, width]) => align(row[i] ?? '', texts[r]?.[i] ?? '', width)));
};
