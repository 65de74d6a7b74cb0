import { hash } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * Puts documents that were checked beside the bundle of a function, each as a file of JSON, so that they are deployed
 * and rolled back as one with it. Their defaults are filled in, so that the function need not check them again.
 *
 * @param documents by the names of their files
 */
export const documentsBesideBundle = (documents: Readonly<Record<string, object>>): ICommandHooks => {
  const files = Object.entries(documents).map(([name, document]) => ({ name, file: writeChecked(document) }));
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (_inputDir, outputDir) =>
      files.map(({ name, file }) => copyCommand(file, join(outputDir, name))),
  };
};

/**
 * The folder in which checked documents wait to be copied, named by their content: the same document is the same file,
 * however often it is built.
 */
const checkedDocuments = resolve(import.meta.dirname, '../../.sluice/checked');

const writeChecked = (document: object): string => {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const file = join(checkedDocuments, `${hash('sha256', text, 'hex').slice(0, 16)}.json`);
  mkdirSync(checkedDocuments, { recursive: true });
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
