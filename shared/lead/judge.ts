import type { Status, Tier } from '../../events/index.ts';
import { chooseAction, computeTier, resolveStage, type StagePlacement } from '../funnel/index.ts';
import {
  type Affected,
  createReevaluate,
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

const noDimensions: Standing['dimensions'] = {};

const buildStanding = (
  model: ScoringModel,
  placement: StagePlacement,
  evaluation: Evaluation,
  before: Tier,
  dimensions: Standing['dimensions'],
): Standing => {
  const { stage } = placement;
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
    stage,
    status,
    tier,
    score,
    coverage,
    dimensions,
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
  };
};

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
  const evaluation = evaluate(model, facts, placement.stage, at);
  const dimensions = buildDimensions(model, evaluation);
  return { placement, standing: buildStanding(model, placement, evaluation, before, dimensions) };
};

/**
 * Returns a function that judges facts which differ from these in attributes and answers only, as `judge` does. The
 * stage doesn't depend on those, and of the points only those that may be affected are computed anew. The dimensions are
 * left out: most callers compare scores alone.
 */
export const createRejudge = (model: ScoringModel, facts: Facts, before: Tier, at: number) => {
  const placement = resolveStage(facts, model.document);
  const reevaluate = createReevaluate(model, facts, placement.stage, at);
  return (changed: Facts, affected: Affected): Omit<Standing, 'dimensions'> =>
    buildStanding(model, placement, reevaluate(changed, affected), before, noDimensions);
};
