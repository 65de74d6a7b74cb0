import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelDocument, parseModel } from '../../shared/scoring/index.ts';
import { projectRoot } from './folders.ts';

/** Bounds of tiers that no lead of the scenario reaches. */
const bounds = { good: 95, excellent: 99 };

/** A model, with its text as it stands in a file. */
export interface OtherModel {
  readonly text: string;
  readonly document: ModelDocument;
  readonly version: string;
}

/**
 * Returns the shipped model with other bounds. Its version contains a digest, since a version stands for one document
 * for ever.
 */
export const changedModel = (): OtherModel => {
  const shipped = JSON.parse(readFileSync(join(projectRoot, 'models', 'success-ready.json'), 'utf8'));
  const changed = { ...shipped, tiers: { ...shipped.tiers, ...bounds } };
  const digest = createHash('sha256').update(JSON.stringify(changed)).digest('hex').slice(0, 8);
  const text = JSON.stringify({ ...changed, version: `e2e-${digest}` });
  const { document, version } = parseModel(text, 'the changed model');
  return { text, document, version };
};
