import type { Problem } from '../../events/index.ts';

/** A row that gave no events, in the form of the file of rejects. */
export interface Reject {
  readonly file: string;
  readonly line: number;
  readonly kind: 'rejected' | 'unmatched';
  readonly reasons: readonly Problem[];
  readonly row: Readonly<Record<string, string>>;
}

/** Rows that were not imported for one reason: a column, and what is allowed in it. */
export interface RejectGroup {
  readonly file: string;
  readonly kind: Reject['kind'];
  /** The column. */
  readonly path: string;
  /** The first different values given. */
  readonly given: readonly string[];
  readonly allowed: string;
  readonly rows: number;
  /** The first lines. */
  readonly lines: readonly number[];
}

const mostGiven = 3;
const mostLines = 5;

/** The most groups. A mapping has fewer columns; the bound keeps a mistake in a message from filling the memory. */
const mostGroups = 1_000;

interface Growing extends RejectGroup {
  readonly given: string[];
  readonly lines: number[];
  rows: number;
  lastLine: number;
}

/**
 * Groups rejected rows by reason, in bounded memory. Empty cells are a group of their own: they ask for another remedy
 * than wrong ones. A row with several reasons counts in each of their groups.
 */
export class RejectGroups {
  readonly #groups = new Map<string, Growing>();

  add({ file, line, kind, reasons }: Reject): void {
    for (const { path, given, allowed } of reasons) {
      const key = JSON.stringify([file, kind, path, allowed, given === 'an empty cell']);
      const group = this.#groups.get(key) ?? this.#open(key, { file, kind, path, allowed });
      if (group === undefined) continue;
      // Problems of one row may differ in the value alone, as those of two items of a list.
      if (group.lastLine !== line) {
        group.rows += 1;
        if (group.lines.length < mostLines) group.lines.push(line);
      }
      group.lastLine = line;
      if (group.given.length < mostGiven && !group.given.includes(given)) group.given.push(given);
    }
  }

  #open(key: string, reason: Pick<RejectGroup, 'file' | 'kind' | 'path' | 'allowed'>): Growing | undefined {
    if (this.#groups.size >= mostGroups) return undefined;
    const group: Growing = { ...reason, given: [], rows: 0, lines: [], lastLine: 0 };
    this.#groups.set(key, group);
    return group;
  }

  /** Returns the groups, the largest first. */
  list(): RejectGroup[] {
    return [...this.#groups.values()]
      .map(({ lastLine: _, ...group }) => group)
      .sort((a, b) => b.rows - a.rows);
  }
}
