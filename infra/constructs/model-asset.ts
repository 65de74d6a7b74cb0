import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { type ModelDocument, parseModel } from '../../shared/scoring/index.ts';

/** The name of the scoring model's file beside a bundle; the value of `MODEL_FILE`. */
export const modelFileName = 'model.json';

/**
 * Puts a scoring model beside the bundle of a function, so that the two are deployed and rolled back as one. Its
 * defaults are filled in, so that the function need not check it again.
 */
export const modelBesideBundle = (checked: ModelDocument): ICommandHooks => {
  const file = writeChecked(checked);
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputDir, outputDir) => [copyCommand(file, join(outputDir, modelFileName))],
  };
};

/**
 * The folder in which checked models wait to be copied, named by their content: the same model is the same file,
 * however often it is built.
 */
const checkedModels = resolve(import.meta.dirname, '../../.sluice/models');

const writeChecked = (document: ModelDocument): string => {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const file = join(checkedModels, `${hash('sha256', text, 'hex').slice(0, 16)}.json`);
  mkdirSync(checkedModels, { recursive: true });
  // Another build may write the same file: a rename replaces it in one step.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return file;
};

const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** Returns the command that copies a file. The CDK runs it by `cmd` on Windows, by a POSIX shell elsewhere. */
export const copyCommand = (from: string, to: string, platform = process.platform): string =>
  platform === 'win32' ? `copy /y "${from}" "${to}"` : `cp ${quoted(from)} ${quoted(to)}`;

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
