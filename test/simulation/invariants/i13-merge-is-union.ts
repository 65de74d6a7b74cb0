import type { Invariant } from './evidence.ts';
import { aliasesOf, statesIn } from './reading.ts';
import { heldAgainstFresh } from './union.ts';

export const mergeIsUnion: Invariant = {
  id: 'I13',
  says: 'a merge gives the state of the union of the events of both leads, also when some come late',
  check: (evidence) =>
    [...statesIn(evidence).values()].flatMap((state) =>
      state.status === 'merged' || state.status === 'erased' || aliasesOf(evidence, state.leadId).length === 1
        ? []
        : heldAgainstFresh(evidence, state),
    ),
};
