import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { parseModel } from '../../shared/scoring/index.ts';

/** The scoring model beside a bundle; what `MODEL_FILE` says. */
export const modelFileName = 'model.json';

/**
 * Copies a scoring model beside the bundle of a function, so that the two are deployed and rolled back as one.
 *
 * @throws Error when the model isn't one that the function could start with
 */
export const modelBesideBundle = (modelFile: string): ICommandHooks => {
  assertModel(modelFile);
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (inputDir, outputDir) => [
      `cp ${quoted(`${inputDir}/${relative(inputDir, modelFile)}`)} ${quoted(`${outputDir}/${modelFileName}`)}`,
    ],
  };
};

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** A wrong model stops the synthesis, long before a function would fail to start with it. */
export const assertModel = (modelFile: string): void => {
  parseModel(readText(modelFile), `scoring model ${modelFile}`);
};

const readText = (modelFile: string): string => {
  try {
    return readFileSync(modelFile, 'utf8');
  } catch (cause) {
    throw new Error(`scoring model ${modelFile}: cannot be read: ${(cause as Error).message}`, { cause });
  }
};
