import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseModel, type ScoringModel } from '../../shared/scoring/index.ts';

/** Reads the model that was deployed with the function; a relative path is beside the bundle. */
export const readModel = (file: string, folder: string = import.meta.dirname): ScoringModel =>
  parseModel(readFileSync(resolve(folder, file), 'utf8'), file);
