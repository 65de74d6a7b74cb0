import { type Problem, showProblem } from '../../events/index.ts';
import { CliError } from '../errors.ts';

export type ImportErrorCode =
  | 'file-unreadable'
  | 'mapping-invalid'
  | 'headers-invalid'
  | 'csv-broken'
  | 'joined-file-too-large'
  | 'paths-clash'
  | 'out-unusable';

/** An import that can't be done at all. Nothing has been written. Bad rows don't cause it. */
export class ImportError extends CliError {
  /** All problems, not the first alone. Empty if the message alone is enough. */
  readonly problems: readonly Problem[];

  constructor(code: ImportErrorCode, message: string, problems: readonly Problem[] = [], cause?: unknown) {
    super(code, message, { details: problems.map(showProblem), cause });
    this.name = 'ImportError';
    this.problems = problems;
  }
}
