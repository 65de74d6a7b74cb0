import { readFileSync } from 'node:fs';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type ModelDocument, parseModel } from '../../shared/scoring/index.ts';
import { documentsBesideBundle } from './document-asset.ts';

/** The name of the scoring model's file beside a bundle; the value of `MODEL_FILE`. */
export const modelFileName = 'model.json';

/** Puts a scoring model beside the bundle of a function. */
export const modelBesideBundle = (checked: ModelDocument): ICommandHooks =>
  documentsBesideBundle({ [modelFileName]: checked });

/**
 * Reads and checks a model. A wrong one stops the synthesis, long before a function would fail to start with it.
 *
 * @throws Error if the function could not start with the model
 */
export const checkedModel = (modelFile: string): ModelDocument =>
  parseModel(readText(modelFile), `scoring model ${modelFile}`).document;

const readText = (modelFile: string): string => {
  try {
    return readFileSync(modelFile, 'utf8');
  } catch (cause) {
    throw new Error(`scoring model ${modelFile}: cannot be read: ${(cause as Error).message}`, { cause });
  }
};
