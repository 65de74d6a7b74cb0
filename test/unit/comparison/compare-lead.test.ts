import { describe, expect, it } from 'vitest';
import type { Tier } from '../../../events/index.ts';
import {
  compareLead,
  explainMove,
  type LeadComparison,
  type MoveReason,
} from '../../../shared/comparison/index.ts';
import { evolve } from '../../../shared/lead/index.ts';
import { type Facts, noFacts, type ScoringModel } from '../../../shared/scoring/index.ts';
import { buildSignal, type EventInput } from '../../support/events.ts';
import { smallDocument } from '../../support/models.ts';
import { smallModel } from './models.ts';

const at = Date.parse('2026-03-02T00:00:00.000Z');

const know = (...events: readonly Pick<EventInput, 'type' | 'data'>[]): Facts =>
  events.map((event, i) => buildSignal({ ...event, id: `e-${i}` })).reduce(evolve, noFacts);

const withExecutivePoints = (points: number) =>
  smallDocument().dimensions.fit.criteria.map((criterion) => ({ ...criterion, points }));

const demo = { type: 'LeadActivityRecorded', data: { activity: 'demo_requested' } } as const;
const executive = { type: 'LeadProfileUpdated', data: { attributes: { seniority: 'executive' } } } as const;
const noNeed = { type: 'LeadAnswersRecorded', data: { answers: { need: { value: 'none' } } } } as const;

interface Explained extends LeadComparison {
  readonly reasons: readonly MoveReason[];
}

const compare = (b: ScoringModel, facts: Facts, previousTier: Tier = 'none', a = smallModel()): Explained => {
  const comparison = compareLead({ a, b }, facts, previousTier, at);
  return { ...comparison, reasons: explainMove({ a, b }, facts, comparison, { previousTier, at }) };
};

describe('a lead by two models', () => {
  it('moves when a criterion gives other points, and that criterion is the reason', () => {
    const b = smallModel(({ dimensions }) => {
      dimensions.fit.criteria = withExecutivePoints(40);
    });
    const { moved, standings, reasons } = compare(b, know(demo, executive));
    // At mql: interest 50 × 1/4, fit 80 × 3/4 or 40 × 3/4.
    expect([standings.a.score, standings.b.score]).toEqual([72.5, 42.5]);
    expect(moved).toEqual(['tier', 'action']);
    expect(reasons).toEqual([
      {
        kind: 'criterion',
        dimension: 'fit',
        title: 'Fit',
        criterion: 'executive',
        text: 'is an executive',
        points: { a: 80, b: 40 },
        difference: -30,
      },
    ]);
  });

  it('moves when a scorecard weighs a dimension otherwise', () => {
    const b = smallModel(({ scorecards }) => {
      scorecards.mql = { interest: 1, fit: 1 };
    });
    const { standings, reasons } = compare(b, know(demo));
    expect([standings.a.score, standings.b.score]).toEqual([12.5, 25]);
    expect(reasons).toMatchObject([
      { kind: 'weight', dimension: 'interest', shares: { a: 0.25, b: 0.5 }, difference: 12.5 },
    ]);
  });

  it('moves when a threshold rises above its score, and the score is no reason', () => {
    const b = smallModel(({ tiers }) => {
      tiers.good = 75;
    });
    const { moved, reasons } = compare(b, know(demo, executive));
    expect(moved).toContain('tier');
    expect(reasons).toEqual([{ kind: 'threshold', tier: 'good', thresholds: { a: 60, b: 75 } }]);
  });

  it('is at the same tier by both while the hysteresis of both preserves the tier before', () => {
    const b = smallModel(({ tiers }) => {
      tiers.good = 75;
    });
    expect(compare(b, know(demo, executive), 'good').moved).toEqual([]);
  });

  it('moves when only one model loses the tier before', () => {
    const b = smallModel(({ tiers }) => {
      tiers.good = 75;
      tiers.hysteresis = 0;
    });
    expect(compare(b, know(demo, executive), 'good').reasons).toEqual([
      { kind: 'threshold', tier: 'good', thresholds: { a: 60, b: 75 } },
      { kind: 'hysteresis', points: { a: 5, b: 0 } },
    ]);
  });

  it('moves when the policy asks for another action, though it stands alike', () => {
    const b = smallModel(({ policy }) => {
      for (const { action } of policy.rules) if (action.queue !== undefined) action.queue = 'partners';
    });
    const { moved, reasons } = compare(b, know(demo, executive));
    expect(moved).toEqual(['action']);
    expect(reasons).toEqual([{ kind: 'policy' }]);
  });

  it('moves when only one model disqualifies it, and nothing else is a reason', () => {
    const b = smallModel((document) => {
      document.disqualifiers = [];
      document.tiers.good = 10;
    });
    const { moved, reasons } = compare(b, know(demo, noNeed));
    expect(moved).toContain('disqualification');
    expect(reasons).toEqual([{ kind: 'disqualifier', texts: { a: 'has no need' } }]);
  });

  it('moves when it is at another stage, which is the first reason', () => {
    const b = smallModel((document) => {
      document.promotions = [];
    });
    const { moved, reasons } = compare(b, know(demo));
    expect(moved).toContain('stage');
    expect(reasons[0]).toEqual({ kind: 'stage', stages: { a: 'mql', b: 'subscriber' } });
  });

  it('moves when only one model holds it back from sales', () => {
    const b = smallModel(({ policy }) => {
      Object.assign(policy, { holdBack: { belowCoverage: 1, track: 'ask' } });
    });
    const facts = know(demo, { type: 'LeadStageChanged', data: { stage: 'mql' } });
    const lower = (document: Parameters<NonNullable<Parameters<typeof smallModel>[0]>>[0]) => {
      document.tiers.good = 12;
      document.tiers.risky = 5;
    };
    const held = smallModel((document) => {
      lower(document);
      Object.assign(document.policy, { holdBack: { belowCoverage: 1, track: 'ask' } });
    });
    expect(compare(held, facts, 'none', smallModel(lower)).reasons).toEqual([{ kind: 'held-back', by: 'b' }]);
    expect(compare(b, facts).moved).toEqual([]);
  });

  it('does not move by a score alone', () => {
    const b = smallModel(({ dimensions }) => {
      dimensions.fit.criteria = withExecutivePoints(79);
    });
    const { moved, standings, reasons } = compare(b, know(demo, executive));
    expect(standings.a.score).not.toBe(standings.b.score);
    expect([moved, reasons]).toEqual([[], []]);
  });

  it('counts a criterion that only one model has with all of its points', () => {
    const b = smallModel(({ dimensions }) => {
      dimensions.fit.criteria = [];
      dimensions.fit.criteria.push({
        id: 'other',
        text: 'is somebody',
        when: { attribute: 'seniority', is: 'executive' },
        points: 100,
      });
    });
    const { reasons } = compare(b, know(demo, executive));
    expect(reasons.map((reason) => 'criterion' in reason && [reason.criterion, reason.difference])).toEqual([
      ['other', 75],
      ['executive', -60],
    ]);
  });
});

describe('an override', () => {
  it('does not count: both models judge the lead as if nobody had set anything', () => {
    const override = {
      type: 'LeadOverridden',
      data: { tier: 'excellent', until: '2026-12-01T00:00:00.000Z', actor: 'ann', reason: 'I know them' },
    } as const;
    const { standings } = compare(smallModel(), know(demo, override));
    expect(standings.a).toEqual(compare(smallModel(), know(demo)).standings.a);
    expect(standings.a.tier).toBe('none');
  });
});
