import type { Invariant } from './evidence.ts';
import { compareWithFresh } from './fresh-lead.ts';
import { findAliases, listOpenLeads } from './reading.ts';

export const mergeIsUnion: Invariant = {
  id: 'I13',
  rule: 'a merge gives the state of the union of the events of both leads, also when some come late',
  check: (evidence) =>
    listOpenLeads(evidence)
      .filter(({ leadId }) => findAliases(evidence, leadId).length > 1)
      .flatMap((state) => compareWithFresh(evidence, state)),
};
