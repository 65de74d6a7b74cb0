import { type Problem, showProblem } from '../../events/index.ts';
import { type CheckedModel, checkModel } from './check/check-model.ts';
import type { ScoringModel } from './compile/model.ts';

/** A document that is no valid model. Its message has every problem, a line each. */
export class InvalidModelError extends Error {
  readonly code = 'INVALID_MODEL';
  readonly problems: readonly Problem[];
  /** The message as it is printed. A line break in a line came with a value. */
  readonly lines: readonly string[];
  constructor(name: string, problems: readonly Problem[]) {
    const lines = [
      `${name} is no valid scoring model:`,
      ...problems.map((problem) => `  ${showProblem(problem)}`),
    ];
    super(lines.join('\n'));
    this.lines = lines;
    this.name = 'InvalidModelError';
    this.problems = problems;
  }
}

const notJson = (cause: unknown): CheckedModel => {
  const given = cause instanceof Error ? cause.message : 'text';
  return { ok: false, problems: [{ path: '(the whole)', given, allowed: 'JSON' }], warnings: [] };
};

/** Checks a model by the text of its file. Never throws: a text that isn't JSON has that problem. */
export const checkText = (text: string): CheckedModel => {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return notJson(cause);
  }
  return checkModel(document);
};

/**
 * Reads a model from the text of its file. Warnings don't keep it from being used, and are passed over.
 *
 * @param name what messages call it, such as the file's path
 * @throws InvalidModelError with every problem at once
 */
export const parseModel = (text: string, name: string): ScoringModel => {
  const checked = checkText(text);
  if (!checked.ok) throw new InvalidModelError(name, checked.problems);
  return checked.model;
};
