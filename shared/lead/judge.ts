import type { Status, Tier } from '../../events/index.ts';
import { chooseAction, computeTier, resolveStage, type StagePlacement } from '../funnel/index.ts';
import {
  type Evaluation,
  evaluate,
  type Facts,
  instantOf,
  readSituation,
  type ScoringModel,
} from '../scoring/index.ts';
import type { Standing } from './state.ts';

export interface Judgement {
  readonly standing: Standing;
  readonly placement: StagePlacement;
}

const computeStatus = ({ disqualifier }: Evaluation, { recycled }: StagePlacement): Status =>
  disqualifier !== undefined ? 'disqualified' : recycled ? 'recycled' : 'active';

/** Returns the dimensions of the model by name, each 0 to 100. */
const buildDimensions = (model: ScoringModel, { dimensions }: Evaluation): Standing['dimensions'] =>
  Object.fromEntries(model.dimensions.map(({ id }, i) => [id, dimensions[i] as number]));

/**
 * Judges facts by a model.
 *
 * @param before the tier before, which hysteresis preserves
 * @param at the instant as of which they are judged, in milliseconds since 1970
 */
export const judge = (
  model: ScoringModel,
  facts: Facts,
  before: Tier,
  at: number = instantOf(facts),
): Judgement => {
  const placement = resolveStage(facts, model.document);
  const { stage } = placement;
  const evaluation = evaluate(model, facts, stage, at);
  const { score, coverage, disqualifier, reading } = evaluation;
  const status = computeStatus(evaluation, placement);
  const tier = disqualifier === undefined ? computeTier(model.document.tiers, score, before) : 'none';
  const { lane, demoReady } = readSituation(reading);
  const { action, heldBack } = chooseAction(model, {
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
      dimensions: buildDimensions(model, evaluation),
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
