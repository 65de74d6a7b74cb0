import { describe, expect, it } from 'vitest';
import { compareShadows } from '../../../../cli/compare/compare-shadows.ts';
import { comparisonRecord } from '../../../../cli/compare/record.ts';
import { formatComparison } from '../../../../cli/compare/words/format-comparison.ts';
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

const compare = (...states: readonly (LeadState & Shadowed)[]) =>
  compareShadows({ states: list(...states), active: 'small@1', shadow: 'small@2', mostMoves: 10 });

async function* list(...states: readonly (LeadState & Shadowed)[]) {
  yield* states;
}

describe('the model in use and its shadow', () => {
  it('are compared by what is stored, and leads without this shadow are counted apart', async () => {
    const { tally, moves, leftOut } = await compare(
      state('moves', { shadow }),
      state('without'),
      state('earlier', { shadow: { ...shadow, model: 'small@0' } }),
      state('alike', { shadow: { ...shadow, tier: 'risky', action: { kind: 'none' } } }),
    );
    expect([tally.leads, tally.moved, leftOut.unshadowed]).toEqual([2, 1, 2]);
    expect(tally.flows.risky.good).toBe(1);
    expect(tally.handoffs.start).toEqual(new Map([['sales', 1]]));
    expect(moves).toMatchObject([{ leadId: 'moves', moved: ['tier', 'action'], reasons: [] }]);
  });

  it('are compared by the tier of the model where a person has set another', async () => {
    const overridden = state('set', { tier: 'excellent', overridden: { tier: 'good' }, shadow });
    const { tally } = await compare(overridden);
    expect(tally.flows.good.good).toBe(1);
  });

  it('leave leads out that are not rescored yet: an earlier model has judged them', async () => {
    const { tally, leftOut } = await compare(state('stale', { modelVersion: 'small@0', shadow }));
    expect([tally.leads, leftOut.notRescored, leftOut.unshadowed]).toEqual([0, 1, 0]);
  });

  it('are compared without actions while those of the model in use wait, and such leads are counted', async () => {
    const { tally, moves, leftOut } = await compare(
      state('waits', { actionsWait: true, shadow }),
      state('waits, and is alike', { actionsWait: true, shadow: { ...shadow, tier: 'risky' } }),
    );
    expect([tally.leads, tally.moved, leftOut.actionsWait]).toEqual([2, 1, 2]);
    expect(tally.handoffs.start.size).toBe(0);
    expect(moves).toMatchObject([{ leadId: 'waits', moved: ['tier'] }]);
  });

  it('are shown with the numbers of leads that are left out, or compared without actions', async () => {
    const compared = await compare(
      state('stale', { modelVersion: 'small@0', shadow }),
      state('waits', { actionsWait: true, shadow }),
    );
    const models = {
      a: { name: 'in use', version: 'small@1' },
      b: { name: 'the shadow', version: 'small@2' },
    };
    const lines = formatComparison({ ...compared, models, at: 0, source: 'shadow' }).join('\n');
    expect(lines).toContain("Leads left out: 1 that the model in use hasn't rescored yet.");
    expect(lines).toContain('Compared without actions: 1 lead whose actions');
    expect(comparisonRecord({ ...compared, models, at: 0, source: 'shadow' }).leftOut).toMatchObject({
      notRescored: 1,
      actionsWait: 1,
    });
  });
});
