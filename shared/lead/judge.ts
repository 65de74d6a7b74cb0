import type { Tier } from '../../events/index.ts';
import { actionFor, resolveStage, type StagePlacement, type Status, tierOf } from '../funnel/index.ts';
import { evaluate, type Facts, type ScoringModel } from '../scoring/index.ts';
import type { Standing } from './state.ts';

export interface Judgement {
  readonly standing: Standing;
  readonly placement: StagePlacement;
}

/** What facts come to under a model, at the latest instant that they know of. `before` is the tier to hold on to. */
export const judge = (model: ScoringModel, facts: Facts, before: Tier): Judgement => {
  const placement = resolveStage(facts, model.document);
  const evaluation = evaluate(model, facts, placement.stage, facts.seen);
  const { disqualifier } = evaluation;
  const status: Status =
    disqualifier !== undefined ? 'disqualified' : placement.recycled ? 'recycled' : 'active';
  const tier = disqualifier === undefined ? tierOf(model.document.tiers, evaluation.score, before) : 'none';
  const { stage } = placement;
  return {
    placement,
    standing: {
      stage,
      status,
      tier,
      score: evaluation.score,
      coverage: evaluation.coverage,
      dimensions: Object.fromEntries(
        model.dimensions.map(({ id }, i) => [id, evaluation.dimensions[i] as number]),
      ),
      modelVersion: model.version,
      action: actionFor(model.document.policy, {
        status,
        stage,
        tier,
        disqualifiedTrack: disqualifier?.track,
      }),
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
