import type { Invariant } from './evidence.ts';
import { aliasesOf, statesIn } from './reading.ts';
import { heldAgainstFresh } from './union.ts';

export const anyOrder: Invariant = {
  id: 'I3',
  says: 'the same events give the same facts, stage, score and coverage in whatever order and however often they arrive',
  check: (evidence) =>
    [...statesIn(evidence).values()].flatMap((state) =>
      state.status === 'merged' || state.status === 'erased' || aliasesOf(evidence, state.leadId).length > 1
        ? []
        : heldAgainstFresh(evidence, state),
    ),
};
