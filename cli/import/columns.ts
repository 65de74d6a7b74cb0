import { type Problem, showValue } from '../../events/index.ts';
import type { Mapping } from './mapping.ts';

/** A row of the main file with, for each joined file, the row that belongs to it. */
export interface JoinedRow {
  readonly main: readonly string[];
  readonly joined: readonly (readonly string[] | undefined)[];
}

export interface Column {
  /** As the mapping names it. */
  readonly name: string;
  /** Which joined file it is of; `undefined`: of the main one. */
  readonly join: number | undefined;
  /** The cell's text without white space around it; empty where there is no row. */
  read(row: JoinedRow): string;
}

export interface Headers {
  readonly main: readonly string[];
  readonly joined: readonly (readonly string[])[];
}

const distance = (a: string, b: string): number => {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const current = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const substituted = (previous[j] ?? 0) + (char === other ? 0 : 1);
      current.push(Math.min(substituted, (previous[j + 1] ?? 0) + 1, (current[j] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
};

const plain = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');

/** The name that was probably meant: one spelled alike, if a third of it at most differs. */
export const nearest = (given: string, names: readonly string[]): string | undefined => {
  const ranked = names
    .map((name) => [name, distance(plain(given), plain(name))] as const)
    .sort(([, a], [, b]) => a - b);
  const [best] = ranked;
  return best !== undefined && best[1] <= Math.max(1, Math.floor(given.length / 3)) ? best[0] : undefined;
};

const listed = (names: readonly string[]): string => names.filter((name) => name !== '').join(', ');

/** What a header has that makes columns ambiguous. `label` says whose header. */
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
    const meant = nearest(name, names);
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
