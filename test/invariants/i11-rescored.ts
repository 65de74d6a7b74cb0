import { judge, modelTierOf } from '../../shared/lead/index.ts';
import type { Invariant } from './evidence.ts';
import { listOpenLeads } from './reading.ts';

export const rescored: Invariant = {
  id: 'I11',
  rule: "after a model is activated every lead's score is what that model gives",
  check: (evidence) =>
    listOpenLeads(evidence).flatMap((state) => {
      const { active } = evidence;
      if (state.modelVersion !== active.version)
        return [`${state.leadId} is judged by ${state.modelVersion}; active is ${active.version}`];
      const { score } = judge(active, state.facts, modelTierOf(state)).standing;
      return score === state.score
        ? []
        : [`${state.leadId} has score ${state.score}; ${active.version} gives ${score}`];
    }),
};
