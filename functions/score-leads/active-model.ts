import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Problem, showProblem } from '../../events/index.ts';
import { checkModel, type ScoringModel } from '../../shared/scoring/index.ts';

export class InvalidModelError extends Error {
  readonly code = 'INVALID_MODEL';
  readonly problems: readonly Problem[];
  constructor(file: string, problems: readonly Problem[]) {
    super(
      `${file} is no valid scoring model:\n${problems.map((problem) => `  ${showProblem(problem)}`).join('\n')}`,
    );
    this.name = 'InvalidModelError';
    this.problems = problems;
  }
}

/** Reads the model that was deployed with the function; a relative path is beside the bundle. */
export const readModel = (file: string, folder: string = import.meta.dirname): ScoringModel => {
  const checked = checkModel(JSON.parse(readFileSync(resolve(folder, file), 'utf8')));
  if (!checked.ok) throw new InvalidModelError(file, checked.problems);
  return checked.model;
};
