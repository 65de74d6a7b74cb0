import { type Rejection, showProblem } from '../../../events/index.ts';
import { withoutWhole } from '../../../shared/entries/index.ts';
import type { EntryOrigin } from '../../histories/lead-history.ts';
import { findField, mostGroups, mostShown, type RejectionGroup, type Rejections } from '../rejections.ts';

/** A rejected entry as one of the first of its kind, with its position. */
interface FirstRejection {
  readonly origin: EntryOrigin;
  readonly reasons: readonly string[];
}

/** The rejected entries of one code and field: plain data, which passes between threads. */
export interface CountedGroup {
  readonly code: string;
  readonly field?: string | undefined;
  readonly count: number;
  readonly first: readonly FirstRejection[];
}

/** The most problems of a rejection that are shown, and the most characters of one: those of the quarantine. */
const mostReasons = 10;
const longestReason = 600;

const listReasons = ({ problems }: Rejection): string[] =>
  problems.slice(0, mostReasons).map((problem) => withoutWhole(showProblem(problem).slice(0, longestReason)));

const byOrigin = ({ origin: a }: FirstRejection, { origin: b }: FirstRejection): number =>
  a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Groups rejected entries by their reasons, in whatever order they come: the first of the files are shown. */
export class RejectionGroups {
  readonly #groups = new Map<string, CountedGroup>();

  add(origin: EntryOrigin, rejection: Rejection, times = 1): void {
    const { code } = rejection;
    const reasons = listReasons(rejection);
    this.addGroup({ code, field: findField(code, reasons), count: times, first: [{ origin, reasons }] });
  }

  addGroup({ code, field: named, count, first }: CountedGroup): void {
    // Events of further fields are counted by their code.
    const field =
      this.#groups.size < mostGroups || this.#groups.has(JSON.stringify([code, named])) ? named : undefined;
    const key = JSON.stringify([code, field]);
    const before = this.#groups.get(key);
    this.#groups.set(key, {
      code,
      field,
      count: (before?.count ?? 0) + count,
      first: [...(before?.first ?? []), ...first].sort(byOrigin).slice(0, mostShown),
    });
  }

  list(): CountedGroup[] {
    return [...this.#groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }

  /** Returns the groups for people. @param files the files, in the order of the origins */
  toRejections(files: readonly string[]): Rejections {
    const byCode: Record<string, number> = {};
    const reasons = this.list().map(({ code, field, count, first }): RejectionGroup => {
      byCode[code] = (byCode[code] ?? 0) + count;
      const shown = first.map(({ origin: [file, line, item], reasons: why }) => ({
        file: files[file] ?? '-',
        line,
        ...(item > 0 && { item }),
        reasons: why,
      }));
      return { code, ...(field !== undefined && { field }), count, first: shown };
    });
    return { byCode, reasons };
  }
}
