import { describe, expect, it } from 'vitest';
import { chooseAction, computeTier, type Situation } from '../../../shared/funnel/index.ts';
import { type Facts, noFacts, read } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const model = compileDocument(smallDocument());
const { tiers } = model.document; // 80, 60, 25, hysteresis 5

describe('a tier', () => {
  it.each([
    [24.99, 'none', 'none'],
    [25, 'none', 'risky'],
    [60, 'none', 'good'],
    [80, 'none', 'excellent'],
    [79.99, 'excellent', 'excellent'],
    [75, 'excellent', 'excellent'],
    [74.99, 'excellent', 'good'],
    [57, 'excellent', 'good'],
    [54.99, 'good', 'risky'],
    [20, 'risky', 'risky'],
    [19.99, 'risky', 'none'],
    [79, 'good', 'good'],
    [0, 'excellent', 'none'],
  ] as const)('of %d after %s is %s', (score, before, tier) => {
    expect(computeTier(tiers, score, before)).toBe(tier);
  });
});

describe('the policy', () => {
  const situation = (more: Partial<Situation>): Situation => ({
    status: 'active',
    stage: 'mql',
    tier: 'good',
    coverage: 1,
    reading: read(model, noFacts, 0),
    disqualifiedTrack: undefined,
    ...more,
  });

  it.each<[string, Partial<Situation>, object]>([
    ['hands a good mql to sales', {}, { kind: 'handoff', queue: 'sales', dueHours: 24 }],
    ['nurtures a risky mql', { tier: 'risky' }, { kind: 'nurture', track: 'nurture' }],
    ['asks for nothing if no rule matches', { stage: 'customer' }, { kind: 'none' }],
    [
      'nurtures a recycled lead on its own track',
      { status: 'recycled' },
      { kind: 'nurture', track: 'recycled' },
    ],
    [
      'nurtures a disqualified lead on the track of its disqualifier',
      { status: 'disqualified', disqualifiedTrack: 'long-term' },
      { kind: 'nurture', track: 'long-term' },
    ],
    ['does nothing for a disqualified lead without a track', { status: 'disqualified' }, { kind: 'none' }],
  ])('%s', (_, more, action) =>
    expect(chooseAction(model, situation(more))).toEqual({ action, heldBack: false }),
  );

  it('asks for the action of a rule only if its condition holds', () => {
    const { policy } = smallDocument();
    const withRule = compileDocument({
      ...smallDocument(),
      policy: {
        ...policy,
        rules: [
          {
            tiers: ['good'],
            when: { attribute: 'seniority', is: 'executive' },
            action: { kind: 'handoff', queue: 'executives', dueHours: 2 },
          },
          ...policy.rules,
        ],
      },
    });
    const asked = (facts: Facts) =>
      chooseAction(withRule, situation({ reading: read(withRule, facts, 0) })).action;
    expect(asked({ ...noFacts, attributes: { seniority: ['executive', 0] } })).toMatchObject({
      queue: 'executives',
    });
    expect(asked({ ...noFacts, attributes: { seniority: ['staff', 0] } })).toMatchObject({ queue: 'sales' });
    // An unknown condition doesn't hold.
    expect(asked(noFacts)).toMatchObject({ queue: 'sales' });
  });

  describe('that holds back below a coverage', () => {
    const { policy } = smallDocument();
    const holding = (holdBack: object) =>
      compileDocument({ ...smallDocument(), policy: { ...policy, holdBack } });

    it.each<[string, object, Partial<Situation>, object]>([
      [
        'nurtures instead of handing off',
        { belowCoverage: 0.5, track: 'ask-more' },
        { coverage: 0.49 },
        { action: { kind: 'nurture', track: 'ask-more' }, heldBack: true },
      ],
      [
        'does nothing if no track is named',
        { belowCoverage: 0.5 },
        { coverage: 0.49 },
        { action: { kind: 'none' }, heldBack: true },
      ],
      [
        'hands off from the coverage on',
        { belowCoverage: 0.5, track: 'ask-more' },
        { coverage: 0.5 },
        { action: { kind: 'handoff', queue: 'sales', dueHours: 24 }, heldBack: false },
      ],
      [
        'leaves nurture alone',
        { belowCoverage: 0.5, track: 'ask-more' },
        { coverage: 0, tier: 'risky' },
        { action: { kind: 'nurture', track: 'nurture' }, heldBack: false },
      ],
    ])('%s', (_, holdBack, more, asked) =>
      expect(chooseAction(holding(holdBack), situation(more))).toEqual(asked),
    );
  });
});
