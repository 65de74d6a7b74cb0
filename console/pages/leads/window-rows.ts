/** The part of a long list that is drawn: rows of one height, a little more than what is seen. */
export interface RowWindow {
  /** The first row that is drawn, from 0, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** The number of rows that are drawn above and below what is seen, so that scrolling shows no gaps. */
const margin = 8;

/** Returns the rows to draw. All lengths are in pixels. */
export const findWindow = (given: {
  readonly rows: number;
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
}): RowWindow => {
  const { rows, rowHeight, top, height } = given;
  const first = Math.floor(Math.max(0, top) / rowHeight);
  const from = Math.max(0, Math.min(first, rows) - margin);
  return { from, to: Math.min(rows, first + Math.ceil(height / rowHeight) + margin) };
};
