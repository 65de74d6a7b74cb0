import { parse } from 'csv-parse/sync';
import { countFound } from './columns.ts';
import { delimiters, mostHeaderLines, readBeginning } from './csv-beginning.ts';
import { type CsvFile, columnName } from './csv-rows.ts';
import type { Encoding } from './mapping.ts';

const encodings: readonly Encoding[] = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'];

const decode = (bytes: Buffer, encoding: Encoding): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
};

const readNames = (text: string, delimiter: string): string[] => {
  try {
    const options = { delimiter, to: 1, relax_quotes: true, record_delimiter: ['\r\n', '\n', '\r'] };
    return (parse(text, options)[0] ?? []).map(columnName);
  } catch {
    return [];
  }
};

/** Returns the beginnings of the first lines of a text. */
const lineStarts = (text: string): number[] =>
  [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), ({ 0: sign, index }) => index + sign.length)].slice(
    0,
    mostHeaderLines,
  );

interface Guess {
  readonly line: number;
  readonly delimiter: string;
  readonly encoding: Encoding;
}

const ownFirst = <T>(own: T, all: readonly T[]): T[] => [...new Set([own, ...all])];

const findBest = (
  bytes: Buffer,
  { settings, header }: CsvFile,
  names: readonly string[],
): Guess | undefined => {
  let best: Guess | undefined;
  let most = Math.max(countFound(header, names), Math.ceil(names.length / 2) - 1);
  for (const encoding of ownFirst(settings.encoding, encodings)) {
    const text = decode(bytes, encoding) ?? '';
    for (const [index, start] of lineStarts(text).entries()) {
      for (const delimiter of ownFirst(settings.delimiter, delimiters)) {
        const count = countFound(readNames(text.slice(start), delimiter), names);
        if (count <= most) continue;
        most = count;
        best = { encoding, delimiter, line: index + 1 };
      }
    }
  }
  return best;
};

/**
 * Returns the settings with which a file has columns that a mapping names and that it lacks as it was read: another
 * line of the header, another delimiter or encoding. Whatever it says was tried: more of the names are there, and at
 * least half of all.
 *
 * @example 'line 4 holds names that the mapping asks for: say "header": 4 in "csv"'
 */
export const describeBetterSettings = async (
  file: string,
  opened: CsvFile,
  names: readonly string[],
): Promise<string | undefined> => {
  const best = findBest(await readBeginning(file), opened, names);
  if (best === undefined) return undefined;
  const { line, delimiter, encoding } = best;
  const { settings, headerLine } = opened;
  const changes = [
    ...(line === headerLine ? [] : [`"header": ${line}`]),
    ...(delimiter === settings.delimiter ? [] : [`"delimiter": ${JSON.stringify(delimiter)}`]),
    ...(encoding === settings.encoding ? [] : [`"encoding": ${JSON.stringify(encoding)}`]),
  ];
  return `line ${line} holds names that the mapping asks for: say ${changes.join(' and ')} in "csv"`;
};
