import { describe, expect, it } from 'vitest';
import { decideAll, type LeadState, type LedgerEnd, type SignalEvent } from '../../../shared/lead/index.ts';
import { parseLead, prepareCommit } from '../../../shared/ledger/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { successReady } from '../../support/models.ts';

const model = successReady();

/** Returns the state after these events, each stored and read again before the next, as if each had its own batch. */
const storedFold = (events: readonly SignalEvent[]) =>
  events.reduce<(LeadState & LedgerEnd) | undefined>(
    (state, event) =>
      parseLead(prepareCommit(decideAll(model, state, [event], 0)).items.state) as LeadState & LedgerEnd,
    undefined,
  );

type Tie = readonly [what: string, a: EventInput, b: EventInput];

const ties: readonly Tie[] = [
  [
    'verdicts',
    { type: 'HandoffRejected', data: { handoffId: 'h-1', actor: 'ann' } },
    { type: 'HandoffRejected', data: { handoffId: 'h-1', actor: 'bob' } },
  ],
  [
    'verdicts on two hand-offs',
    { type: 'HandoffAccepted', data: { handoffId: 'h-2', actor: 'ann' } },
    { type: 'HandoffAccepted', data: { handoffId: 'h-1', actor: 'bob', reason: 'fits' } },
  ],
  [
    'stages',
    { type: 'LeadStageChanged', data: { stage: 'mql', actor: 'zoe' } },
    { type: 'LeadStageChanged', data: { stage: 'sql', actor: 'ann', reason: 'called' } },
  ],
  [
    'outcomes',
    { type: 'LeadOutcomeRecorded', data: { outcome: 'lost', reason: 'a', amount: 9 } },
    { type: 'LeadOutcomeRecorded', data: { outcome: 'lost', reason: 'b', amount: 10 } },
  ],
  [
    'lists',
    { type: 'LeadProfileUpdated', data: { attributes: { tools: ['b', 'a'] } } },
    { type: 'LeadProfileUpdated', data: { attributes: { tools: ['a', 'z'] } } },
  ],
];

describe('facts of one instant', () => {
  it.each(ties)('I3: are the same in either order, whether stored in between or not: %s', (_what, a, b) => {
    const [first, second] = [buildSignal({ ...a, id: 'e-1' }), buildSignal({ ...b, id: 'e-2' })];
    const inOneCommit = decideAll(model, undefined, [first, second], 0).state;
    expect(storedFold([first, second])?.facts).toEqual(inOneCommit.facts);
    expect(storedFold([second, first])?.facts).toEqual(inOneCommit.facts);
  });
});
