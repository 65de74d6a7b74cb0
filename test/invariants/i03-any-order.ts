import type { Invariant } from './evidence.ts';
import { compareWithFresh } from './fresh-lead.ts';
import { findAliases, listOpenLeads } from './reading.ts';

export const anyOrder: Invariant = {
  id: 'I3',
  rule: 'the same events give the same facts, stage, score and coverage in whatever order and however often they arrive',
  check: (evidence) =>
    listOpenLeads(evidence)
      .filter(({ leadId }) => findAliases(evidence, leadId).length === 1)
      .flatMap((state) => compareWithFresh(evidence, state)),
};
