import { type Problem, showValue } from '../../events/index.ts';
import { type Field, foldText } from '../../shared/mapping/index.ts';
import { findNearest, listFirst } from '../../shared/suggest/index.ts';
import { undecodableProblem } from './cell-text.ts';
import { columnName } from './csv-rows.ts';
import type { Mapping } from './mapping.ts';

/** A row of the main file with, for each joined file, the row that belongs to it. */
export interface JoinedRow {
  readonly main: readonly string[];
  readonly joined: readonly (readonly string[] | undefined)[];
}

export interface Column extends Field<JoinedRow> {
  /** The index of the joined file that has the column; `undefined` for the main file. */
  readonly join: number | undefined;
  /** Returns the cell's text without white space around it, or an empty one if there is no row. */
  readText(row: JoinedRow): string;
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

/** A header, read once: a mapping may look for thousands of names in a million. */
interface Header {
  /** The positions of each name. */
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** The text that a mapping writes before each name. */
  readonly prefix: string;
  /** The names as a mapping writes them. */
  readonly names: readonly string[];
  readonly listed: string;
}

const readHeader = (header: readonly string[], prefix = ''): Header => {
  const positions = new Map<string, number[]>();
  for (const [index, name] of header.entries()) {
    if (name === '') continue;
    const found = positions.get(name);
    if (found === undefined) positions.set(name, [index]);
    else found.push(index);
  }
  const names = [...positions.keys()].map((name) => prefix + name);
  return { prefix, positions, names, listed: listed(names) };
};

/** One of several columns of the same name, such as `Notes#2`. */
const numbered = /^(?<base>.+)#(?<time>[1-9]\d{0,8})$/su;

/**
 * Returns the positions of the columns that a name may mean: none, one, or all that have it. Of a name that is there
 * twice, `Notes#2` means the second column, unless a column is really called so.
 */
const findPositions = ({ positions }: Pick<Header, 'positions'>, name: string): readonly number[] => {
  const exact = positions.get(name);
  if (exact !== undefined) return exact;
  const { base = '', time } = numbered.exec(name)?.groups ?? {};
  const all = positions.get(base) ?? [];
  const index = all[Number(time) - 1];
  return all.length < 2 || index === undefined ? [] : [index];
};

/** Returns the position of the column that a name means, or -1 if it means none, or more than one. */
export const findPosition = (header: readonly string[], name: string): number => {
  const found = findPositions(readHeader(header), columnName(name));
  return found.length === 1 ? (found[0] ?? -1) : -1;
};

/** Counts the names that mean a column of a header, or several. */
export const countFound = (header: readonly string[], names: readonly string[]): number => {
  const read = readHeader(header);
  return names.filter((name) => findPositions(read, columnName(name)).length > 0).length;
};

/** Finds columns by the names that a mapping uses, and remembers those that aren't there. */
export const columnFinder = ({ join, blank }: Pick<Mapping, 'join' | 'blank'>, headers: Headers) => {
  const problems: Problem[] = [];
  const blanks = new Set(blank.map(foldText));
  const main = readHeader(headers.main);
  const joined = join.map(({ name }, index) => readHeader(headers.joined[index] ?? [], `${name}.`));

  const unknown = (path: string, name: string, { names, listed: allowed }: Header) => {
    const meant = problems.length < mostSuggested ? findNearest(name, names) : undefined;
    const spelled = meant === undefined ? '' : `; did you mean ${showValue(meant)}?`;
    problems.push({ path, given: `the column ${showValue(name)}`, allowed: allowed + spelled });
  };

  const ambiguous = (path: string, name: string, found: readonly number[]) => {
    const places = listed(found.map((index) => String(index + 1)));
    problems.push({
      path,
      given: `the column ${showValue(name)}, which is there ${found.length} times: columns ${places}`,
      allowed: listed(found.map((_, index) => showValue(`${name}#${index + 1}`))),
    });
  };

  const asked = [main, ...joined].map(() => new Set<string>());

  const find = (given: string, path: string): Column => {
    const name = columnName(given);
    const joinIndex = join.findIndex((spec) => name.startsWith(`${spec.name}.`));
    const header = joined[joinIndex] ?? main;
    const own = name.slice(header.prefix.length);
    asked[joinIndex + 1]?.add(own);
    const found = findPositions(header, own);
    const [index = -1] = found;
    if (found.length === 0) unknown(path, name, header);
    if (found.length > 1) ambiguous(path, name, found);
    const readText = (row: JoinedRow): string => {
      const cells = joinIndex < 0 ? row.main : row.joined[joinIndex];
      const text = cells?.[index]?.trim() ?? '';
      return blanks.size > 0 && blanks.has(foldText(text)) ? '' : text;
    };
    return {
      name,
      empty: 'an empty cell',
      join: joinIndex < 0 ? undefined : joinIndex,
      readText,
      isFilled: (row) => readText(row) !== '',
      listTexts: (row) => [readText(row)],
      read(row, report) {
        const text = readText(row);
        const problem = undecodableProblem(name, text);
        if (problem === undefined) return text || undefined;
        report(problem);
        return undefined;
      },
    };
  };

  return {
    find,
    problems: problems as readonly Problem[],
    /** The names that were looked for: in the main file first, then in each joined one. */
    asked: asked as readonly ReadonlySet<string>[],
  };
};
export type FindColumn = ReturnType<typeof columnFinder>['find'];
