import type { Problem } from '../../events/index.ts';
import { undecodableProblem } from './cell-text.ts';
import { findPosition } from './columns.ts';
import { type CsvFile, type CsvRow, fitRow, openCsv } from './csv-rows.ts';
import { ImportError } from './import-error.ts';
import type { CsvOptions } from './mapping.ts';

/** The limits of joined files. They are held in memory, and these limits bound one to some hundreds of MB. */
export interface JoinLimits {
  readonly rows: number;
  readonly characters: number;
}
export const joinLimits: JoinLimits = { rows: 1_000_000, characters: 100_000_000 };

interface RejectedRow {
  readonly row: CsvRow;
  readonly problems: readonly Problem[];
}

/** A joined file by its key. */
export interface JoinedFile {
  readonly name: string;
  readonly file: string;
  readonly opened: CsvFile;
  readonly header: readonly string[];
  /** The position of the key column; -1 if there is none. */
  readonly keyIndex: number;
  readonly rows: number;
  readonly rejected: readonly RejectedRow[];
  /** Returns the rows of a key, which count as matched from then on. */
  take(key: string): readonly (readonly string[])[];
  /** Returns the rows whose key nobody has taken. */
  unmatched(): CsvRow[];
}

interface Group {
  readonly rows: CsvRow[];
  readonly cells: (readonly string[])[];
  taken: boolean;
}

const tooLarge = (file: string, limits: JoinLimits): ImportError =>
  new ImportError(
    'joined-file-too-large',
    `${file} is too large to join: it is held in memory, at most ${limits.rows} rows and ` +
      `${limits.characters} characters of it. Make it the main file, and join the smaller one.`,
  );

const none: readonly (readonly string[])[] = [];

export interface JoinSource {
  readonly name: string;
  readonly file: string;
  readonly key: string;
  readonly csv: CsvOptions;
}

/**
 * Reads a joined file and indexes it by its key column. A header without that column gives an empty index:
 * the columns are checked together with those of the other files.
 *
 * @throws ImportError if it can't be read, or is beyond the limits.
 */
export const readJoinedFile = async (
  { name, file, key, csv }: JoinSource,
  limits: JoinLimits = joinLimits,
  onBytes?: (count: number) => void,
): Promise<JoinedFile> => {
  const opened = await openCsv(file, csv, onBytes);
  const { header, rows } = opened;
  const keyIndex = findPosition(header, key);
  const groups = new Map<string, Group>();
  const rejected: RejectedRow[] = [];
  let [count, characters] = [0, 0];

  const keyPath = `${name}.${key}`;
  const findProblem = (keyText: string): Problem | undefined =>
    keyText === ''
      ? { path: keyPath, given: 'an empty cell', allowed: 'the key of a row of the main file' }
      : undecodableProblem(keyPath, keyText);

  for await (const given of rows) {
    if (keyIndex < 0) break;
    count += 1;
    const { row, problem: misfit } = fitRow(header, given);
    characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (count > limits.rows || characters > limits.characters) throw tooLarge(file, limits);
    const keyText = row.cells[keyIndex]?.trim() ?? '';
    const problem = misfit ?? findProblem(keyText);
    if (problem !== undefined) {
      rejected.push({ row, problems: [problem] });
      continue;
    }
    const group = groups.get(keyText) ?? { rows: [], cells: [], taken: false };
    group.rows.push(row);
    group.cells.push(row.cells);
    groups.set(keyText, group);
  }

  return {
    name,
    file,
    opened,
    header,
    keyIndex,
    rows: count,
    rejected,
    take(keyText) {
      const group = groups.get(keyText);
      if (group === undefined) return none;
      group.taken = true;
      return group.cells;
    },
    unmatched: () => [...groups.values()].filter(({ taken }) => !taken).flatMap((group) => group.rows),
  };
};
