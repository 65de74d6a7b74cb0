import type { Problem } from '../../events/index.ts';
import { foldText } from '../../shared/mapping/index.ts';
import { undecodableProblem } from './cell-text.ts';
import { findPosition } from './columns.ts';
import { type CsvFile, type CsvRow, fitRow, openCsv } from './csv-rows.ts';
import { ImportError } from './import-error.ts';
import type { CsvOptions, JoinSpec } from './mapping.ts';

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

/** A row with its cells, and whether a main row took it. */
interface Joined {
  readonly row: CsvRow;
  taken: boolean;
  /** Whether a main row has its key in other letters, upper or lower. */
  otherCase: boolean;
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
  /** Returns the rows of a main row's key, or of its list of keys. They count as matched from then on. */
  take(key: string): readonly (readonly string[])[];
  /** Returns the rows that no main row has taken, and whether one has their key in other letters. */
  unmatched(): { readonly row: CsvRow; readonly otherCase: boolean }[];
}

const tooLarge = (file: string, limits: JoinLimits): ImportError =>
  new ImportError(
    'joined-file-too-large',
    `${file} is too large to join: it is held in memory, at most ${limits.rows} rows and ` +
      `${limits.characters} characters of it. Make it the main file, and join the smaller one.`,
  );

const none: readonly Joined[] = [];

export interface JoinSource extends Pick<JoinSpec, 'name' | 'file' | 'key' | 'separator' | 'case'> {
  readonly csv: CsvOptions;
}

/** Returns the function that splits a cell into the keys that are compared. */
const keySplitter = ({ separator, case: letters }: Pick<JoinSpec, 'separator' | 'case'>) => {
  const normalize = (text: string) => (letters === 'lower' ? foldText(text) : text.trim().normalize('NFC'));
  return (cell: string): string[] =>
    [...new Set((separator === undefined ? [cell] : cell.split(separator)).map(normalize))].filter(
      (key) => key !== '',
    );
};

/**
 * Reads a joined file and indexes it by its key column. A header without that column gives an empty index:
 * the columns are checked together with those of the other files.
 *
 * @throws ImportError if it can't be read, or is beyond the limits.
 */
export const readJoinedFile = async (
  { name, file, key, csv, ...options }: JoinSource,
  limits: JoinLimits = joinLimits,
  onBytes?: (count: number) => void,
): Promise<JoinedFile> => {
  const opened = await openCsv(file, csv, onBytes);
  const { header, rows } = opened;
  const keyIndex = findPosition(header, key);
  const splitKeys = keySplitter(options);
  const byKey = new Map<string, Joined[]>();
  const all: Joined[] = [];
  const rejected: RejectedRow[] = [];
  let [count, characters] = [0, 0];

  for await (const given of rows) {
    if (keyIndex < 0) break;
    count += 1;
    const { row, problem: misfit } = fitRow(header, given);
    characters += row.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (count > limits.rows || characters > limits.characters) throw tooLarge(file, limits);
    const keyText = row.cells[keyIndex] ?? '';
    const problem = misfit ?? undecodableProblem(`${name}.${key}`, keyText);
    if (problem !== undefined) {
      rejected.push({ row, problems: [problem] });
      continue;
    }
    const joined: Joined = { row, taken: false, otherCase: false };
    all.push(joined);
    for (const one of splitKeys(keyText)) {
      const same = byKey.get(one);
      if (same === undefined) byKey.set(one, [joined]);
      else same.push(joined);
    }
  }
  // Bounded by the joined file, whatever the main one holds.
  const byFolded = new Map<string, Joined[][]>();
  for (const [one, same] of options.case === 'lower' ? [] : byKey) {
    const folded = foldText(one);
    const others = byFolded.get(folded);
    if (others === undefined) byFolded.set(folded, [same]);
    else others.push(same);
  }

  return {
    name,
    file,
    opened,
    header,
    keyIndex,
    rows: count,
    rejected,
    take(cell) {
      const keys = splitKeys(cell);
      const found = keys.flatMap((one) => byKey.get(one) ?? none);
      for (const joined of found) joined.taken = true;
      for (const one of keys.filter((key) => !byKey.has(key))) {
        for (const joined of byFolded.get(foldText(one))?.flat() ?? none) joined.otherCase = true;
      }
      // A row that belongs to two keys of one list is one row.
      return (keys.length > 1 ? [...new Set(found)] : found).map(({ row }) => row.cells);
    },
    unmatched: () => all.filter(({ taken }) => !taken),
  };
};
