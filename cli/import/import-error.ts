import { type Problem, showProblem } from '../../events/index.ts';

export type ImportErrorCode =
  | 'file-unreadable'
  | 'mapping-invalid'
  | 'headers-invalid'
  | 'csv-broken'
  | 'joined-file-too-large'
  | 'out-unusable';

/** An import that can't be done at all. Nothing has been written. Bad rows don't cause it. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: ImportErrorCode;
  /** All problems, not the first alone. Empty if the message alone is enough. */
  readonly problems: readonly Problem[];

  constructor(code: ImportErrorCode, message: string, problems: readonly Problem[] = [], cause?: unknown) {
    super([message, ...problems.map((problem) => `  ${showProblem(problem)}`)].join('\n'), { cause });
    this.code = code;
    this.problems = problems;
  }
}
