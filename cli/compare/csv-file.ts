import { type LineFile, openLineFile } from '../import/line-file.ts';
import { formatHeader } from './csv-rows.ts';

/** A CSV file of all leads that move. It appears whole, or not at all. */
export interface CsvFile extends Pick<LineFile, 'commit' | 'discard'> {
  /** Adds rows that are formatted already. */
  readonly add: (rows: string) => Promise<void>;
}

/** Returns rows of CSV without their last line feed, which a file of lines adds. */
const withoutLineFeed = (rows: string): string => rows.slice(0, -1);

/** Opens a CSV file, and writes its header. @throws ImportError if it can't be written */
export const openCsvFile = async (path: string): Promise<CsvFile> => {
  const file = await openLineFile(path);
  const add = async (rows: string): Promise<void> => {
    if (rows !== '') await file.add(withoutLineFeed(rows));
  };
  await add(formatHeader());
  return { add, commit: file.commit, discard: file.discard };
};
