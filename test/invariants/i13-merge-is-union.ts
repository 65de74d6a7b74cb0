import type { Invariant } from './evidence.ts';
import { compareWithFresh } from './fresh-lead.ts';
import { aliasesOf, openLeadsIn } from './reading.ts';

export const mergeIsUnion: Invariant = {
  id: 'I13',
  says: 'a merge gives the state of the union of the events of both leads, also when some come late',
  check: (evidence) =>
    openLeadsIn(evidence)
      .filter(({ leadId }) => aliasesOf(evidence, leadId).length > 1)
      .flatMap((state) => compareWithFresh(evidence, state)),
};
