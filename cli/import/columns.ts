import { type Problem, showValue } from '../../events/index.ts';
import { findNearest } from '../../shared/suggest/index.ts';
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

const listed = (names: readonly string[]): string => names.filter((name) => name !== '').join(', ');

/** Returns the problems of a header that make columns ambiguous. `label` names the header. */
export const headerProblems = (header: readonly string[], label: string): Problem[] => {
  const named = header.filter((name) => name !== '');
  if (named.length === 0) {
    return [{ path: label, given: showValue(header.join()), allowed: 'a first line with the column names' }];
  }
  const repeated = [...new Set(named.filter((name, index) => named.indexOf(name) < index))];
  return repeated.map((name) => ({
    path: label,
    given: `the column ${showValue(name)} ${named.filter((other) => other === name).length} times`,
    allowed: `each name once; there are ${listed(header)}`,
  }));
};

const delimiterHint = (header: readonly string[]): string => {
  const [only = '', ...others] = header;
  const sign = [';', '\t', '|', ','].find((candidate) => only.includes(candidate));
  if (others.length > 0 || sign === undefined) return '';
  return `; is the "delimiter" of "csv" perhaps ${JSON.stringify(sign)}?`;
};

/** Finds columns by the names that a mapping uses, and remembers those that aren't there. */
export const columnFinder = ({ join, blank }: Pick<Mapping, 'join' | 'blank'>, headers: Headers) => {
  const problems: Problem[] = [];
  const blanks = new Set(blank);

  const unknown = (path: string, name: string, header: readonly string[], prefix: string) => {
    const names = header.filter((column) => column !== '').map((column) => prefix + column);
    const meant = findNearest(name, names);
    const spelled = meant === undefined ? '' : `; did you mean ${showValue(meant)}?`;
    const hint = delimiterHint(header) || spelled;
    problems.push({ path, given: `the column ${showValue(name)}`, allowed: listed(names) + hint });
  };

  const find = (name: string, path: string): Column => {
    const joinIndex = join.findIndex((spec) => name.startsWith(`${spec.name}.`));
    const prefix = joinIndex < 0 ? '' : `${join[joinIndex]?.name}.`;
    const header = (joinIndex < 0 ? headers.main : headers.joined[joinIndex]) ?? [];
    const index = header.indexOf(name.slice(prefix.length));
    if (index < 0) unknown(path, name, header, prefix);
    return {
      name,
      join: joinIndex < 0 ? undefined : joinIndex,
      read({ main, joined }) {
        const cells = joinIndex < 0 ? main : joined[joinIndex];
        const text = cells?.[index]?.trim() ?? '';
        return blanks.has(text) ? '' : text;
      },
    };
  };

  return { find, problems: problems as readonly Problem[] };
};
export type FindColumn = ReturnType<typeof columnFinder>['find'];
