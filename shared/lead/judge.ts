import type { Status, Tier } from '../../events/index.ts';
import { actionFor, resolveStage, type StagePlacement, tierOf } from '../funnel/index.ts';
import { type Evaluation, evaluate, type Facts, type ScoringModel, situationIn } from '../scoring/index.ts';
import type { Standing } from './state.ts';

export interface Judgement {
  readonly standing: Standing;
  readonly placement: StagePlacement;
}

const statusOf = ({ disqualifier }: Evaluation, { recycled }: StagePlacement): Status =>
  disqualifier !== undefined ? 'disqualified' : recycled ? 'recycled' : 'active';

/** Returns the dimensions of the model by name, each 0 to 100. */
const dimensionsOf = (model: ScoringModel, { dimensions }: Evaluation): Standing['dimensions'] =>
  Object.fromEntries(model.dimensions.map(({ id }, i) => [id, dimensions[i] as number]));

/**
 * Judges facts by a model, as of the latest instant in them.
 *
 * @param before the tier before, which hysteresis preserves
 */
export const judge = (model: ScoringModel, facts: Facts, before: Tier): Judgement => {
  const placement = resolveStage(facts, model.document);
  const { stage } = placement;
  const evaluation = evaluate(model, facts, stage, facts.seen);
  const { score, coverage, disqualifier, reading } = evaluation;
  const status = statusOf(evaluation, placement);
  const tier = disqualifier === undefined ? tierOf(model.document.tiers, score, before) : 'none';
  const { lane, demoReady } = situationIn(reading);
  const { action, heldBack } = actionFor(model, {
    status,
    stage,
    tier,
    coverage,
    reading,
    disqualifiedTrack: disqualifier?.track,
  });
  return {
    placement,
    standing: {
      stage,
      status,
      tier,
      score,
      coverage,
      dimensions: dimensionsOf(model, evaluation),
      modelVersion: model.version,
      ...(lane !== undefined && { lane }),
      ...(demoReady !== undefined && { demoReady }),
      ...(heldBack && { heldBack }),
      action,
      ...(disqualifier !== undefined && {
        disqualification: {
          disqualifier: disqualifier.id,
          class: disqualifier.class,
          text: disqualifier.text,
        },
      }),
    },
  };
};
