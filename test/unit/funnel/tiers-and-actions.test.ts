import { describe, expect, it } from 'vitest';
import { actionFor, type Situation, tierOf } from '../../../shared/funnel/index.ts';
import { noFacts, read } from '../../../shared/scoring/index.ts';
import { modelOf, smallDocument } from '../../support/models.ts';

const model = modelOf(smallDocument());
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
    expect(tierOf(tiers, score, before)).toBe(tier);
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
    ['asks nothing where no rule matches', { stage: 'customer' }, { kind: 'none' }],
    [
      'nurtures a recycled lead on its own track',
      { status: 'recycled' },
      { kind: 'nurture', track: 'recycled' },
    ],
    [
      'nurtures a disqualified lead as its disqualifier says',
      { status: 'disqualified', disqualifiedTrack: 'long-term' },
      { kind: 'nurture', track: 'long-term' },
    ],
    ['leaves a disqualified lead alone where nothing is said', { status: 'disqualified' }, { kind: 'none' }],
  ])('%s', (_, more, action) =>
    expect(actionFor(model, situation(more))).toEqual({ action, heldBack: false }),
  );
});
