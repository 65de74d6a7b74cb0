import { describe, expect, it } from 'vitest';
import { compareShadows } from '../../../../cli/compare/compare-shadows.ts';
import type { LeadState, Shadowed } from '../../../../shared/lead/index.ts';
import { noFacts } from '../../../../shared/scoring/index.ts';

const shadow = {
  model: 'small@2',
  stage: 'mql',
  tier: 'good',
  score: 70,
  action: { kind: 'handoff', queue: 'sales', dueHours: 24 },
} as const;

const state = (leadId: string, more: Partial<LeadState & Shadowed> = {}): LeadState & Shadowed => ({
  leadId,
  version: 1,
  stage: 'mql',
  status: 'active',
  tier: 'risky',
  score: 40,
  coverage: 1,
  dimensions: {},
  modelVersion: 'small@1',
  action: { kind: 'none' },
  facts: noFacts,
  ...more,
});

async function* list(...states: readonly (LeadState & Shadowed)[]) {
  yield* states;
}

describe('the model in use and its shadow', () => {
  it('are compared by what is stored, and leads without this shadow are counted apart', async () => {
    const { tally, moves, leftOut } = await compareShadows({
      states: list(
        state('moves', { shadow }),
        state('without'),
        state('earlier', { shadow: { ...shadow, model: 'small@0' } }),
        state('alike', { shadow: { ...shadow, tier: 'risky', action: { kind: 'none' } } }),
      ),
      shadow: 'small@2',
      mostMoves: 10,
    });
    expect([tally.leads, tally.moved, leftOut.unshadowed]).toEqual([2, 1, 2]);
    expect(tally.flows.risky.good).toBe(1);
    expect(tally.handoffs.start).toEqual(new Map([['sales', 1]]));
    expect(moves).toMatchObject([{ leadId: 'moves', moved: ['tier', 'action'], reasons: [] }]);
  });

  it('are compared by the tier of the model where a person has set another', async () => {
    const overridden = state('set', { tier: 'excellent', overridden: { tier: 'good' }, shadow });
    const { tally } = await compareShadows({ states: list(overridden), shadow: 'small@2', mostMoves: 1 });
    expect(tally.flows.good.good).toBe(1);
  });
});
