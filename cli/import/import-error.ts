import { type Problem, showProblem } from '../../events/index.ts';
import { CliError } from '../errors.ts';

export type ImportErrorCode =
  | 'file-unreadable'
  | 'mapping-invalid'
  | 'headers-invalid'
  | 'csv-broken'
  | 'joined-file-too-large'
  | 'out-unusable';

/** The most problems that the message has. */
const mostShown = 100;

/** An import that can't be done at all. Nothing has been written. Bad rows don't cause it. */
export class ImportError extends CliError {
  /** All problems, not the first alone. Empty if the message alone is enough. */
  readonly problems: readonly Problem[];

  constructor(code: ImportErrorCode, message: string, problems: readonly Problem[] = [], cause?: unknown) {
    const shown = problems.slice(0, mostShown).map(showProblem);
    const left = problems.length - shown.length;
    super(code, message, { details: left > 0 ? [...shown, `and ${left} more`] : shown, cause });
    this.name = 'ImportError';
    this.problems = problems;
  }
}
