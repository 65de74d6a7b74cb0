import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidModelError, parseModel, type ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../text/read-text.ts';

const folder = resolve(import.meta.dirname, '../../models');

/** The model that is deployed where nobody names another. */
export const defaultModelFile = join(folder, 'success-ready.json');

export const readModelFile = (file: string): ScoringModel => parseModel(readText(file), file);

/** The models of `models/` that are valid; somebody's draft beside them must not keep a lead from being explained. */
const shipped = (): ScoringModel[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      try {
        return [readModelFile(join(folder, name))];
      } catch (error) {
        if (error instanceof InvalidModelError) return [];
        throw error;
      }
    });

/** The model that scored a lead: the file given, or the one of `models/` with that version. A score is only explained by its own model. */
export const findModel = (version: string, file: string | undefined): ScoringModel => {
  const candidates = file === undefined ? shipped() : [readModelFile(file)];
  const found = candidates.find((model) => model.version === version);
  if (found !== undefined) return found;
  const given = candidates.map((model) => model.version).join(', ');
  throw new CliError(
    'MODEL_NOT_FOUND',
    `the lead was scored by model ${version}, but ${file ?? 'models/'} has ${given}; name the file of that version with --model`,
  );
};
