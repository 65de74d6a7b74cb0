import type { QuarantinedEvent } from '../../shared/quarantine/index.ts';

/** The number of characters of an id that lists show. Commands accept them in place of the whole id. */
const shortId = 12;

/** The columns of the list. Widths are fixed, since rows are printed while the table is still being read. */
const columns: readonly (readonly [title: string, width: number])[] = [
  ['id', shortId],
  ['last came', 16],
  ['times', 5],
  ['status', 9],
  ['code', 19],
  ['type', 20],
  ['lead', 20],
  ['first reason', 0],
];

const cell = (text: string, width: number): string =>
  width === 0 ? text : (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);

const row = (cells: readonly string[]): string =>
  cells
    .map((text, i) => cell(text, columns[i]?.[1] ?? 0))
    .join('  ')
    .trimEnd();

export const listHeading = row(columns.map(([title]) => title));

/** Returns a quarantined event as one line of the list. */
export const formatListRow = (event: QuarantinedEvent): string => {
  const { id, lastReceivedAt, times, status, code, type = '–', leadId = '–', reasons } = event;
  const lastCame = lastReceivedAt.slice(0, 16).replace('T', ' ');
  return row([id.slice(0, shortId), lastCame, String(times), status, code, type, leadId, reasons[0] ?? '–']);
};
