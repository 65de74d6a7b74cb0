import { isTable, type Line, type Style, type Table } from './line.ts';
import { printable } from './printable.ts';
import { gap, layOut, type ShownCell } from './table.ts';
import { wrap } from './wrap.ts';

/** Receives lines: a terminal with its width, or a pipe. */
export interface Screen {
  /** The width of a terminal; undefined for a pipe or a file, where lines and cells stay whole. */
  readonly columns: number | undefined;
  /** Colours a text, if there are colours. */
  readonly paint: (style: Style, text: string) => string;
}

const plain: Screen = { columns: undefined, paint: (_, text) => text };

const renderCell = ({ cell, before, text, after }: ShownCell, row: number, { paint }: Screen): string => {
  const style = row === 0 ? 'bold' : typeof cell === 'object' ? cell.style : undefined;
  return `${before}${style === undefined || text === '' ? text : paint(style, text)}${after}`;
};

const renderTable = (given: Table, screen: Screen): string[] =>
  layOut(given, screen.columns).map((cells, row) => {
    const shown = cells.map((cell) => renderCell(cell, row, screen)).join(' '.repeat(gap));
    return `${' '.repeat(given.indent)}${shown.trimEnd()}`;
  });

/**
 * Returns lines as the rows of a screen. What a terminal would obey is replaced before anything is coloured, so that no
 * colour comes from outside.
 */
export const render = (lines: readonly Line[], screen: Screen = plain): string[] =>
  lines.flatMap((line) => {
    if (isTable(line)) return renderTable(line, screen);
    const { text, style, whole }: Exclude<Line, string | Table> =
      typeof line === 'string' ? { text: line } : line;
    const shown = printable(text);
    const rows = screen.columns === undefined || whole ? [shown] : wrap(shown, screen.columns);
    return style === undefined ? rows : rows.map((row) => screen.paint(style, row));
  });
