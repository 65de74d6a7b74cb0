import type { FileEntry } from '../entries/read-entries.ts';
import type { EntryOrigin } from './lead-history.ts';

/** An entry as a partition holds it before it is checked. */
export interface RawEntry {
  /** Its number among all entries of the files, from 0. */
  readonly number: number;
  /** The lead that it names. */
  readonly leadId: string;
  readonly origin: EntryOrigin;
  readonly text: string;
}

/** Returns an entry as one line. Line breaks of JSON are white space: its texts have none. */
export const formatRawEntry = ({ number, leadId, origin, text }: RawEntry): string =>
  `${number} ${leadId} ${origin.join(' ')} ${text.includes('\n') ? text.replaceAll('\n', ' ') : text}`;

/** Returns the lead that the entry of a line names. */
export const leadIdOfRawLine = (line: string): string => {
  const from = line.indexOf(' ') + 1;
  return line.slice(from, line.indexOf(' ', from));
};

/** Reads a line that `formatRawEntry` has made. */
export const parseRawLine = (line: string): RawEntry => {
  const fields: string[] = [];
  let at = 0;
  for (let i = 0; i < 5; i++) {
    const end = line.indexOf(' ', at);
    fields.push(line.slice(at, end));
    at = end + 1;
  }
  const [number, leadId = '', ...origin] = fields;
  const [file = 0, position = 0, item = 0] = origin.map(Number);
  return { number: Number(number), leadId, origin: [file, position, item], text: line.slice(at) };
};

/** Returns an entry of a partition as it was read from its file. */
export const toFileEntry = (
  { origin: [file, line, item], text }: Pick<RawEntry, 'origin' | 'text'>,
  files: readonly string[],
): FileEntry => ({
  file: files[file] ?? '-',
  number: line,
  ...(item > 0 && { item }),
  text,
});
