import { type Problem, showProblem } from '../../events/index.ts';
import { checkModel } from './check.ts';
import type { ScoringModel } from './compile.ts';

/** A document that is no valid model. Its message has every problem, a line each. */
export class InvalidModelError extends Error {
  readonly code = 'INVALID_MODEL';
  readonly problems: readonly Problem[];
  constructor(name: string, problems: readonly Problem[], options?: ErrorOptions) {
    super(
      `${name} is no valid scoring model:\n${problems.map((problem) => `  ${showProblem(problem)}`).join('\n')}`,
      options,
    );
    this.name = 'InvalidModelError';
    this.problems = problems;
  }
}

const parseJson = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const given = cause instanceof Error ? cause.message : 'text';
    throw new InvalidModelError(name, [{ path: '(the whole)', given, allowed: 'JSON' }], { cause });
  }
};

/**
 * Reads a model from the text of its file.
 *
 * @param name what messages call it, such as the file's path
 * @throws InvalidModelError with every problem at once
 */
export const parseModel = (text: string, name: string): ScoringModel => {
  const checked = checkModel(parseJson(text, name));
  if (!checked.ok) throw new InvalidModelError(name, checked.problems);
  return checked.model;
};
