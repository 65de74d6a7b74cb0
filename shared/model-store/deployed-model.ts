import { resolve } from 'node:path';
import { compileModel, type ModelDocument, type ScoringModel } from '../scoring/index.ts';

// An import of node:fs as an ES module loads all of its streams; init has no use for them.
const { readFileSync } = process.getBuiltinModule('node:fs');

/**
 * Reads the model that was deployed with the function. It was checked and its defaults were filled in when it was
 * deployed: checking it again would cost more than everything else that a cold start does.
 *
 * @param file relative to the bundle's folder, or absolute
 */
export const readModel = (file: string, folder: string = import.meta.dirname): ScoringModel =>
  compileModel(JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as ModelDocument);
