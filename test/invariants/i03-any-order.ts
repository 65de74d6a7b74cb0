import type { Invariant } from './evidence.ts';
import { compareWithFresh } from './fresh-lead.ts';
import { aliasesOf, openLeadsIn } from './reading.ts';

export const anyOrder: Invariant = {
  id: 'I3',
  says: 'the same events give the same facts, stage, score and coverage in whatever order and however often they arrive',
  check: (evidence) =>
    openLeadsIn(evidence)
      .filter(({ leadId }) => aliasesOf(evidence, leadId).length === 1)
      .flatMap((state) => compareWithFresh(evidence, state)),
};
