import { showProblem } from '../../events/index.ts';
import { checkModel, checkText, InvalidModelError, type ScoringModel } from '../../shared/scoring/index.ts';
import { note } from '../output/print.ts';
import { readText } from '../text/read-text.ts';
import { isModelVersion, type ModelStack, readModelNamed } from './named-model.ts';

/**
 * Checks the model that an argument names wholly: errors refuse it, and warnings are noted for the person at the
 * terminal.
 *
 * @throws InvalidModelError with every error
 * @throws CliError as `readModelNamed` does
 */
export const checkNamed = async (nameOrFile: string, stack: ModelStack): Promise<ScoringModel> => {
  const checked = isModelVersion(nameOrFile)
    ? checkModel((await readModelNamed(nameOrFile, stack)).document)
    : checkText(readText(nameOrFile));
  if (!checked.ok) throw new InvalidModelError(nameOrFile, checked.problems);
  note(checked.warnings.map((problem) => `warning ${showProblem(problem)}`));
  return checked.model;
};
