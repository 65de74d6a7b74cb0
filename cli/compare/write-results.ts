import { assertWritable, writeWhole } from '../files/write-whole.ts';
import type { Comparison } from './comparison.ts';
import { type CsvFile, openCsvFile } from './csv-file.ts';
import { drawSankey } from './sankey/draw-sankey.ts';

export interface ResultFiles {
  readonly csv?: string | undefined;
  readonly svg?: string | undefined;
}

/**
 * Writes the files of a comparison: all leads that move as CSV, while they are found, and the picture of the flows. Both
 * can be written, or nothing is compared. If the comparison fails, no CSV is left.
 *
 * @param compare compares, and hands over all leads that move to the file if there is one
 * @throws ImportError or CliError `FILE_UNWRITABLE`
 */
export const withResultFiles = async <Result extends Comparison>(
  { csv: path, svg }: ResultFiles,
  compare: (csv: CsvFile | undefined) => Promise<Result>,
): Promise<Result> => {
  if (svg !== undefined) await assertWritable(svg);
  const csv = path === undefined ? undefined : await openCsvFile(path);
  try {
    const comparison = await compare(csv);
    if (svg !== undefined) await writeWhole(svg, drawSankey(comparison));
    await csv?.commit();
    return comparison;
  } finally {
    await csv?.discard();
  }
};
