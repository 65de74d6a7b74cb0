import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { showProblem, showValue } from '../../events/index.ts';
import { parseSource } from '../../shared/source-documents/index.ts';
import type { SourceDocument } from '../../shared/sources/index.ts';
import { listFirst, orMeant } from '../../shared/suggest/index.ts';
import { CliError, UsageError } from '../errors.ts';
import { readText } from '../text/read-text.ts';

/** The folder of the source documents that come with Sluice. */
export const defaultSourcesFolder = resolve(import.meta.dirname, '../../sources');

const mostListed = 50;

const listNames = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length));
  } catch {
    throw new UsageError(`given ${showValue(folder)} with --sources; allowed: a folder of source documents`);
  }
};

const findFile = (given: string, folder: string): string => {
  if (given.endsWith('.json')) return given;
  const names = listNames(folder);
  if (names.includes(given)) return join(folder, `${given}.json`);
  const allowed = orMeant(`the file of a source, or one of ${listFirst(names, mostListed)}`, given, names);
  throw new UsageError(`given the source ${showValue(given)}; allowed: ${allowed}`);
};

/**
 * Reads a source document by the name of the source, or by the path of its file.
 *
 * @throws CliError with every problem of the document
 */
export const readSource = (given: string, folder: string): SourceDocument => {
  const file = findFile(given, folder);
  const parsed = parseSource(readText(file));
  if (parsed.ok) return parsed.source;
  const details = parsed.problems.map(showProblem);
  throw new CliError('SOURCE_INVALID', `the source ${file} can't be used:`, { details });
};
