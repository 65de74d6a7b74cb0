import { judge, type StoredState } from '../../shared/lead/index.ts';
import type { Invariant } from './evidence.ts';
import { groupLeads, listOpenLeads, textOf } from './reading.ts';

export const shadowed: Invariant = {
  id: 'shadow',
  rule: "what is stored of a lead by a shadow model is what that model gives for the lead's facts",
  check: (evidence) =>
    listOpenLeads(evidence).flatMap(({ leadId, facts }) => {
      const stored = textOf(groupLeads(evidence).get(leadId)?.state, 'shadow');
      if (stored === '') return [];
      const { model: version, stage, score } = JSON.parse(stored) as NonNullable<StoredState['shadow']>;
      const model = evidence.models.get(version);
      if (model === undefined) return [`${leadId} has a shadow by ${version}, which is unknown`];
      const expected = judge(model, facts, 'none').standing;
      return expected.score === score && expected.stage === stage
        ? []
        : [
            `${leadId} has ${score} at ${stage} by the shadow model; it gives ${expected.score} at ${expected.stage}`,
          ];
    }),
};
