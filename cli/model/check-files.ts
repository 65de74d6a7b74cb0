import { type Problem, showProblem } from '../../events/index.ts';
import { checkText } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { formatCount } from '../text/format-count.ts';
import { readText, whyUnreadable } from '../text/read-text.ts';

/** The problems that were found in the file of a model. */
export interface FileReport {
  readonly file: string;
  /** `<id>@<version>`; undefined if the model has errors. */
  readonly model: string | undefined;
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Checks the file of a model. A file that can't be read gets an error, so that the other files are still checked. */
export const checkFile = (file: string): FileReport => {
  try {
    const checked = checkText(readText(file));
    return checked.ok
      ? { file, model: checked.model.version, errors: [], warnings: checked.warnings }
      : { file, model: undefined, errors: checked.problems, warnings: checked.warnings };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const given = whyUnreadable(error.cause as NodeJS.ErrnoException);
    const unreadable = { path: '(the whole)', given, allowed: 'a file that can be read' };
    return { file, model: undefined, errors: [unreadable], warnings: [] };
  }
};

export interface Totals {
  readonly errors: number;
  readonly warnings: number;
}

export const computeTotals = (reports: readonly FileReport[]): Totals => ({
  errors: reports.reduce((sum, { errors }) => sum + errors.length, 0),
  warnings: reports.reduce((sum, { warnings }) => sum + warnings.length, 0),
});

/**
 * Returns a line for each problem and one with the counts. If there are several files, each line begins with its file's
 * name.
 */
export const reportLines = (reports: readonly FileReport[]): string[] => {
  const [only, ...others] = reports;
  const isOne = others.length === 0;
  const { errors, warnings } = computeTotals(reports);
  const where = isOne ? (only?.file ?? '') : formatCount(reports.length, 'file');
  return [
    ...reports.flatMap((report) => {
      const prefix = isOne ? '' : `${report.file}: `;
      return [
        ...report.errors.map((problem) => `${prefix}error ${showProblem(problem)}`),
        ...report.warnings.map((problem) => `${prefix}warning ${showProblem(problem)}`),
      ];
    }),
    `${formatCount(errors, 'error')}, ${formatCount(warnings, 'warning')} in ${where}`,
  ];
};
