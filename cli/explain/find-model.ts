import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidModelError, parseModel, type ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { readText } from '../text/read-text.ts';

const folder = resolve(import.meta.dirname, '../../models');

/** The model that is deployed unless another one is named. */
export const defaultModelFile = join(folder, 'success-ready.json');

export const readModelFile = (file: string): ScoringModel => parseModel(readText(file), file);

/** A model of `models/`, and the path of its file. */
export interface ShippedModel {
  readonly model: ScoringModel;
  readonly file: string;
}

/**
 * Returns the valid models of `models/`. Invalid ones, such as drafts, are skipped, so that leads can still be
 * explained.
 */
const shipped = (): ShippedModel[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const file = join(folder, name);
      try {
        return [{ model: readModelFile(file), file }];
      } catch (error) {
        if (error instanceof InvalidModelError) return [];
        throw error;
      }
    });

/** Finds a model in `models/` by its version. */
export const findShipped = (version: string): ShippedModel | undefined =>
  shipped().find(({ model }) => model.version === version);

/**
 * Finds the model that scored a lead: in the given file, or else in `models/`. A score can only be explained by the
 * version of the model that gave it.
 *
 * @throws CliError if neither has that version
 */
export const findModel = (version: string, file: string | undefined): ScoringModel => {
  const candidates = file === undefined ? shipped().map(({ model }) => model) : [readModelFile(file)];
  const found = candidates.find((model) => model.version === version);
  if (found !== undefined) return found;
  const given = candidates.map((model) => model.version).join(', ');
  throw new CliError(
    'MODEL_NOT_FOUND',
    `the lead was scored by model ${version}, but ${file ?? 'models/'} has ${given}; name the file of that version with --model`,
  );
};
