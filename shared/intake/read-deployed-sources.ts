import { resolve } from 'node:path';
import type { SourceDocument } from '../sources/index.ts';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/**
 * Reads the sources that were deployed with a function. They were checked when they were deployed.
 *
 * @param file relative to the folder, or absolute
 * @param folder that of the function's bundle
 */
export const readDeployedSources = (file: string, folder: string): readonly SourceDocument[] =>
  JSON.parse(readFileSync(resolve(folder, file), 'utf8'));
