import type { ModelDocument, ScoringModel } from '../scoring/index.ts';
import { compileBuilt, withThresholds } from './apply.ts';
import type { Builder } from './builder.ts';
import { type Learnt, learn, type Method } from './fit/learn.ts';
import type { Sample } from './fit/strengths.ts';
import { type Job, sampleOf } from './job.ts';
import { hasBothOutcomes } from './leaks.ts';

/** A document with the model that it compiles to, and what it was learnt from. */
export interface Built {
  readonly document: ModelDocument;
  readonly model: ScoringModel;
  readonly learnt: Learnt;
  readonly sample: Sample;
}

/** Tiers that any score reaches: those of a model in use may be out of reach by other points until its own are found. */
const passing = { excellent: 0.3, good: 0.2, risky: 0.1 };

/** Learns from some rows and builds a document; undefined if they don't have both outcomes, or say nothing. */
export const buildFrom = (
  job: Job,
  builder: Builder,
  method: Method,
  indexes: Int32Array,
): Built | undefined => {
  const sample = sampleOf(job, indexes);
  if (indexes.length === 0 || !hasBothOutcomes(sample)) return undefined;
  const learnt = learn(method, sample);
  const document = builder.build(learnt, sample);
  return document && { document, model: compileBuilt(withThresholds(document, passing)), learnt, sample };
};
