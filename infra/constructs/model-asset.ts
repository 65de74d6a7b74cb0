import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type ModelDocument, parseModel } from '../../shared/scoring/index.ts';

/** The scoring model beside a bundle; what `MODEL_FILE` says. */
export const modelFileName = 'model.json';

/**
 * Puts a scoring model beside the bundle of a function, so that the two are deployed and rolled back as one: checked,
 * and with its defaults filled in, so that the function need not check it again.
 *
 * @throws Error when the model isn't one that the function could start with
 */
export const modelBesideBundle = (modelFile: string): ICommandHooks => {
  const document = checkedModel(modelFile);
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputDir, outputDir) => {
      const folder = mkdtempSync(join(tmpdir(), 'sluice-model-'));
      const file = join(folder, modelFileName);
      writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
      return [`mv ${quoted(file)} ${quoted(outputDir)}`, `rmdir ${quoted(folder)}`];
    },
  };
};

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** A wrong model stops the synthesis, long before a function would fail to start with it. */
export const checkedModel = (modelFile: string): ModelDocument =>
  parseModel(readText(modelFile), `scoring model ${modelFile}`).document;

const readText = (modelFile: string): string => {
  try {
    return readFileSync(modelFile, 'utf8');
  } catch (cause) {
    throw new Error(`scoring model ${modelFile}: cannot be read: ${(cause as Error).message}`, { cause });
  }
};
