import type { Status, Tier } from '../../events/index.ts';
import { chooseAction, computeTier, resolveStage, type StagePlacement } from '../funnel/index.ts';
import {
  type Affected,
  createReevaluate,
  type Evaluation,
  evaluate,
  type Facts,
  instantOf,
  type OverrideFact,
  readSituation,
  type ScoringModel,
} from '../scoring/index.ts';
import { findOverride } from './override.ts';
import { type LeadState, modelTierOf, type Standing } from './state.ts';

export interface Judgement {
  readonly standing: Standing;
  readonly placement: StagePlacement;
}

const computeStatus = ({ disqualifier }: Evaluation, { recycled }: StagePlacement): Status =>
  disqualifier !== undefined ? 'disqualified' : recycled ? 'recycled' : 'active';

/** Returns the dimensions of the model by name, each 0 to 100. */
const buildDimensions = (model: ScoringModel, { dimensions }: Evaluation): Standing['dimensions'] => {
  const built: Record<string, number> = {};
  for (const [i, { id }] of model.dimensions.entries()) built[id] = dimensions[i] as number;
  return built;
};

const noDimensions: Standing['dimensions'] = {};

const buildStanding = (
  model: ScoringModel,
  placement: StagePlacement,
  evaluation: Evaluation,
  before: Tier,
  dimensions: Standing['dimensions'],
  override: OverrideFact | undefined,
): Standing => {
  const { stage } = placement;
  const { score, coverage, disqualifier, reading } = evaluation;
  const status = computeStatus(evaluation, placement);
  const byModel = disqualifier === undefined ? computeTier(model.document.tiers, score, before) : 'none';
  // A person may set the tier of a lead, but not qualify one that is disqualified.
  const tier = disqualifier === undefined ? (override?.tier ?? byModel) : 'none';
  const { lane, demoReady } = readSituation(reading);
  const { action, heldBack } = chooseAction(model, {
    status,
    stage,
    tier,
    coverage,
    reading,
    disqualifiedTrack: disqualifier?.track,
    held: override?.hold === true,
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
    ...(override !== undefined && {
      overridden: { tier: byModel, ...(override.hold && { hold: override.hold }) },
    }),
  };
};

/**
 * Judges facts by a model, and by the override of a person while one holds.
 *
 * @param before the tier by the model before, which hysteresis preserves
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
  const override = findOverride(facts, at);
  return { placement, standing: buildStanding(model, placement, evaluation, before, dimensions, override) };
};

/** Returns a standing with the action that runs already, as long as none may start or stop. */
export const withRunningAction = (
  running: Pick<Standing, 'action' | 'heldBack'>,
  { heldBack: _heldBack, ...standing }: Standing,
): Standing => ({
  ...standing,
  ...(running.heldBack && { heldBack: running.heldBack }),
  action: running.action,
});

/** Judges a lead as of a later instant if nothing happens until then. */
export const judgeLater = (model: ScoringModel, state: LeadState, at: number): Standing => {
  const { standing } = judge(model, state.facts, modelTierOf(state), at);
  return state.actionsWait ? withRunningAction(state, standing) : standing;
};

/**
 * Returns a function that judges facts which differ from these in attributes and answers only, as `judge` does. The
 * stage doesn't depend on those, and of the points only those that may be affected are computed anew. The dimensions are
 * left out: most callers compare scores alone.
 */
export const createRejudge = (model: ScoringModel, facts: Facts, before: Tier, at: number) => {
  const placement = resolveStage(facts, model.document);
  const reevaluate = createReevaluate(model, facts, placement.stage, at);
  const override = findOverride(facts, at);
  return (changed: Facts, affected: Affected): Omit<Standing, 'dimensions'> =>
    buildStanding(model, placement, reevaluate(changed, affected), before, noDimensions, override);
};
