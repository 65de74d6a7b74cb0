import { existsSync } from 'node:fs';
import { createStoredModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { defaultModelFile, findShipped, readModelFile } from '../explain/find-model.ts';
import type { Table } from './read-lead-events.ts';

/** A version of a model, such as `success-ready@5`, and no path. */
const isVersion = (text: string): boolean => /^[^/\\@]+@[^/\\@]+$/.test(text) && !existsSync(text);

/** Returns the files that are read of the model in use: without a base, that of the deployed model, for its stages. */
export const listBaseFiles = (given: string | undefined): string[] => {
  if (given === undefined) return [defaultModelFile];
  if (!isVersion(given)) return [given];
  const shipped = findShipped(given);
  return shipped === undefined ? [] : [shipped.file];
};

/**
 * Finds the model that is to be calibrated: a file, or a version that the stack has stored or that is shipped.
 *
 * @param table undefined if no stack is asked
 * @throws CliError `MODEL_NOT_FOUND`
 */
export const findBase = async (given: string, table: Table | undefined): Promise<ScoringModel> => {
  if (!isVersion(given)) return readModelFile(given);
  const stored = table && (await createStoredModels(table)(given));
  const found = stored ?? findShipped(given)?.model;
  if (found !== undefined) return found;
  throw new CliError(
    'MODEL_NOT_FOUND',
    `--base: no model ${given} is ${table === undefined ? '' : 'stored by the stack or '}in models/; allowed: a file, or such a version`,
  );
};
