import { existsSync } from 'node:fs';
import { nameSchema } from '../../events/index.ts';
import { createStoredModels } from '../../shared/model-store/index.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { CliError } from '../errors.ts';
import { findShipped, readModelFile } from '../explain/find-model.ts';
import type { Connection } from '../stack/connect.ts';

/** The stack whose published models can be named. */
export type ModelStack = Pick<Connection, 'dynamodb' | 'leadsTable'>;

/**
 * Returns whether an argument names a version of a model, such as `success-ready@5`, rather than a file. A file that is
 * called like a version can be given as `./success-ready@5`.
 */
export const isModelVersion = (nameOrFile: string): boolean => {
  const [, id] = /^([^@/\\]+)@[A-Za-z0-9._-]{1,32}$/.exec(nameOrFile) ?? [];
  return nameSchema.safeParse(id).success && !existsSync(nameOrFile);
};

/** Returns the files that are read of a model that an argument names: none of a version that only a stack has. */
export const listModelFiles = (nameOrFile: string): string[] => {
  if (!isModelVersion(nameOrFile)) return [nameOrFile];
  const shipped = findShipped(nameOrFile);
  return shipped === undefined ? [] : [shipped.file];
};

/**
 * Reads the model that an argument names: a file, or a version that is published in a stack. Without a stack, a version
 * is one of `models/`. A published model was checked when it was published, and is only compiled.
 *
 * @throws CliError `MODEL_NOT_PUBLISHED` if the stack, or `models/`, has no such version, or `FILE_UNREADABLE`
 * @throws InvalidModelError with every problem of a file
 */
export const readModelNamed = async (nameOrFile: string, stack?: ModelStack): Promise<ScoringModel> => {
  if (!isModelVersion(nameOrFile)) return readModelFile(nameOrFile);
  if (stack === undefined) {
    const shipped = findShipped(nameOrFile);
    if (shipped !== undefined) return shipped.model;
    throw new CliError(
      'MODEL_NOT_PUBLISHED',
      `given ${nameOrFile}, which models/ doesn't have; allowed: a file, or with --endpoint a version that is published`,
    );
  }
  const { dynamodb: client, leadsTable: table } = stack;
  const published = await createStoredModels({ client, table })(nameOrFile);
  if (published !== undefined) return published;
  throw new CliError(
    'MODEL_NOT_PUBLISHED',
    `given ${nameOrFile}, which is not published; allowed: a file, or a version that \`sluice model list\` lists`,
  );
};
