import { render } from '../output/render.ts';
import { table } from '../output/table.ts';

/** Returns rows as lines with aligned columns, numbers to the right. They don't give way to a narrow terminal. */
export const alignedRows = (rows: readonly (readonly (string | number)[])[]): string[] =>
  render([table(rows)]);
