import { type Problem, showValue } from '../../events/index.ts';
import { findNearest, listFirst } from '../../shared/suggest/index.ts';
import { foldText } from './fold-text.ts';
import type { Mapping } from './mapping.ts';

/** A row of the main file with, for each joined file, the row that belongs to it. */
export interface JoinedRow {
  readonly main: readonly string[];
  readonly joined: readonly (readonly string[] | undefined)[];
}

export interface Column {
  /** The column's name in the mapping. */
  readonly name: string;
  /** The index of the joined file that has the column; `undefined` for the main file. */
  readonly join: number | undefined;
  /** Returns the cell's text without white space around it, or an empty one if there is no row. */
  read(row: JoinedRow): string;
}

export interface Headers {
  readonly main: readonly string[];
  readonly joined: readonly (readonly string[])[];
}

/** The most names that a problem lists. A header may have a million. */
const mostListed = 100;

/** The most wrong names for which the one that was probably meant is looked for in the whole header. */
const mostSuggested = 10;

const listed = (names: readonly string[]): string => listFirst(names, mostListed);

/** Returns the problems of a header that make columns ambiguous. `label` names the header. */
export const headerProblems = (header: readonly string[], label: string): Problem[] => {
  const named = header.filter((name) => name !== '');
  if (named.length === 0) {
    return [{ path: label, given: showValue(header.join()), allowed: 'a first line with the column names' }];
  }
  const times = new Map<string, number>();
  for (const name of named) times.set(name, (times.get(name) ?? 0) + 1);
  const allowed = `each name once; there are ${listed(named)}`;
  return [...times]
    .filter(([, count]) => count > 1)
    .map(([name, count]) => ({
      path: label,
      given: `the column ${showValue(name)} ${count} times`,
      allowed,
    }));
};

const delimiterHint = (header: readonly string[]): string => {
  const only = header[0] ?? '';
  const sign = [';', '\t', '|', ','].find((candidate) => only.includes(candidate));
  if (header.length > 1 || sign === undefined) return '';
  return `; is the "delimiter" of "csv" perhaps ${JSON.stringify(sign)}?`;
};

/** A header, read once: a mapping may look for thousands of names in a million. */
interface Header {
  /** The position of each name; of the first column if a name repeats. */
  readonly positions: ReadonlyMap<string, number>;
  /** The names as a mapping writes them. */
  readonly names: readonly string[];
  readonly listed: string;
  readonly hint: string;
}

const readHeader = (header: readonly string[], prefix: string): Header => {
  const names = header.filter((name) => name !== '').map((name) => prefix + name);
  return {
    // The last one of equal keys stays, so the first column is set last.
    positions: new Map(header.map((name, index) => [name, index] as const).reverse()),
    names,
    listed: listed(names),
    hint: delimiterHint(header),
  };
};

/** Finds columns by the names that a mapping uses, and remembers those that aren't there. */
export const columnFinder = ({ join, blank }: Pick<Mapping, 'join' | 'blank'>, headers: Headers) => {
  const problems: Problem[] = [];
  const blanks = new Set(blank.map(foldText));
  const main = readHeader(headers.main, '');
  const joined = join.map(({ name }, index) => readHeader(headers.joined[index] ?? [], `${name}.`));

  const unknown = (path: string, name: string, { names, ...header }: Header) => {
    const meant = problems.length < mostSuggested ? findNearest(name, names) : undefined;
    const spelled = meant === undefined ? '' : `; did you mean ${showValue(meant)}?`;
    const allowed = header.listed + (header.hint || spelled);
    problems.push({ path, given: `the column ${showValue(name)}`, allowed });
  };

  const find = (name: string, path: string): Column => {
    const joinIndex = join.findIndex((spec) => name.startsWith(`${spec.name}.`));
    const header = joined[joinIndex] ?? main;
    const prefix = join[joinIndex] === undefined ? '' : `${join[joinIndex].name}.`;
    const index = header.positions.get(name.slice(prefix.length));
    if (index === undefined) unknown(path, name, header);
    return {
      name,
      join: joinIndex < 0 ? undefined : joinIndex,
      read(row) {
        const cells = joinIndex < 0 ? row.main : row.joined[joinIndex];
        const text = cells?.[index ?? -1]?.trim() ?? '';
        return blanks.size > 0 && blanks.has(foldText(text)) ? '' : text;
      },
    };
  };

  return { find, problems: problems as readonly Problem[] };
};
export type FindColumn = ReturnType<typeof columnFinder>['find'];
