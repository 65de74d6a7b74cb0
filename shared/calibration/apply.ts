import { checkModel, evaluate, type ModelDocument, type ScoringModel } from '../scoring/index.ts';
import type { Thresholds } from './document/build-document.ts';
import type { Row } from './types.ts';

/**
 * Compiles a document that was built here.
 *
 * @throws Error if the check finds fault with it: then it was built wrongly
 */
export const compileBuilt = (document: ModelDocument): ScoringModel => {
  const checked = checkModel(document);
  if (checked.ok) return checked.model;
  const [first] = checked.problems;
  throw new Error(
    `calibration built an invalid document: ${first?.path} is ${first?.given}; allowed: ${first?.allowed}`,
  );
};

/** Scores rows as Sluice does. */
export const scoreRows = (model: ScoringModel, rows: readonly Row[], indexes: Int32Array): Float64Array =>
  Float64Array.from(indexes, (i) => {
    const { facts, stage, at } = rows[i] as Row;
    return evaluate(model, facts, stage, at).score;
  });

/**
 * Returns a document with other thresholds. The hysteresis becomes less if tiers are so close that a score between them
 * could keep either.
 */
export const withThresholds = (document: ModelDocument, tiers: Thresholds): ModelDocument => {
  const { excellent, good, risky } = tiers;
  const most = Math.max(0, Math.min(excellent - good, good - risky, risky) - 1);
  const hysteresis = Math.min(document.tiers.hysteresis, most);
  return { ...document, tiers: { ...document.tiers, ...tiers, hysteresis } };
};
