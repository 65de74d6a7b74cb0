import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
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
  const file = writeChecked(checkedModel(modelFile));
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputDir, outputDir) => [`cp ${quoted(file)} ${quoted(join(outputDir, modelFileName))}`],
  };
};

/** Where checked models wait to be copied, by their content: the same one is the same file, however often it is built. */
const checkedModels = resolve(import.meta.dirname, '../../.sluice/models');

const writeChecked = (document: ModelDocument): string => {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const file = join(checkedModels, `${hash('sha256', text, 'hex').slice(0, 16)}.json`);
  mkdirSync(checkedModels, { recursive: true });
  // Another build may be at the same file: it is put in place whole.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return file;
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
