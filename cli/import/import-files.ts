import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ImportError } from './import-error.ts';
import type { JoinLimits } from './joined-file.ts';
import { asOfProblems, type Mapping } from './mapping.ts';
import type { ImportedEntry } from './row-events.ts';

interface ImportProgress {
  /** The bytes of all files together. */
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rows: number;
}

export interface ImportOptions {
  /** The CSV file. */
  readonly file: string;
  /** The mapping document. */
  readonly mapping: string;
  /** The file for the events, one EventBridge entry a line. */
  readonly out: string;
  /**
   * The file for rejected and unmatched rows.
   *
   * @default - `<out>.rejected.jsonl`
   */
  readonly rejects?: string | undefined;
  /** Files of joins by name, in place of those that the mapping names. */
  readonly joins?: Readonly<Record<string, string>> | undefined;
  /** The instant for which the files tell the state of things, in UTC. */
  readonly asOf?: string | undefined;
  /** Whether events of rows that are older than a day announce what they change, too, and aren't history. */
  readonly live?: boolean | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Called with each event that is written. */
  readonly onEntry?: ((entry: ImportedEntry) => void) | undefined;
  /** Stops the import and removes what it wrote. */
  readonly signal?: AbortSignal | undefined;
  /** Returns milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly limits?: JoinLimits | undefined;
}

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Finds a joined file: at the path given, beside the mapping, or beside the main file. */
export const locateJoin = async (
  name: string,
  file: string,
  { joins, mapping, file: main }: ImportOptions,
): Promise<string> => {
  const given = joins !== undefined && Object.hasOwn(joins, name) ? joins[name] : undefined;
  const places =
    given !== undefined
      ? [resolve(given)]
      : [...new Set([resolve(dirname(mapping), file), resolve(dirname(main), file)])];
  for (const place of places) if (await exists(place)) return place;
  throw new ImportError(
    'file-unreadable',
    `the joined file "${name}" is not there; looked for ${places.join(' and ')}`,
  );
};

export const checkJoinsGiven = (joins: ImportOptions['joins'], { join }: Mapping): void => {
  const names = join.map(({ name }) => name);
  const problems = Object.keys(joins ?? {})
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: 'joins',
      given: JSON.stringify(name),
      allowed: names.join(', ') || 'none: the mapping joins no file',
    }));
  if (problems.length > 0) throw new ImportError('mapping-invalid', 'unknown joined file:', problems);
};

/** Throws if the mapping needs the instant of the export, and none was given. */
export const checkAsOfGiven = (asOf: string | undefined, mapping: Mapping): void => {
  const problems = asOf === undefined ? asOfProblems(mapping) : [];
  if (problems.length > 0)
    throw new ImportError('mapping-invalid', 'the date of the export is missing:', problems);
};

export const readSize = async (file: string): Promise<number> => {
  try {
    const found = await stat(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw new ImportError('file-unreadable', `${file} is not there or can't be read`, [], error);
  }
  throw new ImportError('file-unreadable', `${file} is not a file`);
};
