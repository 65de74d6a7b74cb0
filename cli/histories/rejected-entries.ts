import type { Rejection } from '../../events/index.ts';
import { formatProblem } from '../../shared/entries/index.ts';
import { type FileEntry, formatOrigin } from '../entries/read-entries.ts';
import { note } from '../output/print.ts';
import { formatCount } from '../text/format-count.ts';

/** The entries of files that were rejected. */
export interface RejectedEntries {
  readonly count: number;
  /** The position of the first one, and why it was rejected. */
  readonly first: string | undefined;
}

/** Collects how many entries are rejected, and why the first one is: threads report them in no order. */
export const createRejectedEntries = (files: readonly string[]) => {
  let count = 0;
  let first: { readonly entry: FileEntry; readonly rejection: Rejection } | undefined;
  const isBefore = (a: FileEntry, b: FileEntry): boolean => {
    const [fileA, fileB] = [files.indexOf(a.file), files.indexOf(b.file)];
    return fileA < fileB || (fileA === fileB && a.number < b.number);
  };
  return {
    add(entry: FileEntry, rejection: Rejection): void {
      count++;
      if (first === undefined || isBefore(entry, first.entry)) first = { entry, rejection };
    },
    result: (): RejectedEntries => ({
      count,
      first:
        first &&
        [formatOrigin(first.entry), ...first.rejection.problems.slice(0, 1).map(formatProblem)].join(': '),
    }),
  };
};

/** Notes how many entries of files don't count, since they are no events that Sluice takes, and why the first is none. */
export const noteRejected = ({ count, first }: RejectedEntries): void => {
  if (first === undefined) return;
  note(`${formatCount(count, 'entry is', 'entries are')} rejected and left out; the first is ${first}`);
};
