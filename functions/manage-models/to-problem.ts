import type { ProblemType } from '../../events/api/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import { RegistryError, type RegistryErrorCode } from '../../shared/model-store/index.ts';
import { RescoringError } from '../../shared/rescoring/index.ts';
import { InvalidModelError } from '../../shared/scoring/index.ts';

const problemTypes: Readonly<Record<RegistryErrorCode, ProblemType>> = {
  MODEL_VERSION_TAKEN: 'conflict',
  MODEL_TOO_LARGE: 'too-large',
  MODEL_NOT_PUBLISHED: 'not-found',
  MODEL_ALREADY_ACTIVE: 'conflict',
  NO_EARLIER_MODEL: 'conflict',
  MODELS_CHANGED: 'conflict',
  NO_SHADOW: 'conflict',
};

/** Returns the problem document of what can't be done with models; any other error as it is. */
const toProblem = (error: unknown): unknown => {
  if (error instanceof RegistryError) return new ApiProblem(problemTypes[error.code], error.message);
  if (error instanceof RescoringError) return new ApiProblem('conflict', error.message);
  if (error instanceof InvalidModelError)
    return new ApiProblem(
      'conflict',
      'the published model has errors by which nobody can judge',
      error.problems,
    );
  return error;
};

/** Runs work, and turns what can't be done into the problem document that says so. @throws ApiProblem */
export const withProblems = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw toProblem(error);
  }
};
