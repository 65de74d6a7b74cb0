import { describe, expect, it } from 'vitest';
import { countMovedByTier } from '../../../console/pages/model/judging/moved-by-tier.ts';
import { takeInTurn } from '../../../console/pages/model/judging/take-in-turn.ts';

const list = (name: string, length: number) =>
  Array.from({ length }, (_, i) => ({ leadId: `${name}-${i}`, tier: name }));

describe('the leads that change their tier', () => {
  const none = { excellent: 0, good: 0, risky: 0, none: 0 };

  it('are counted by the tier before, the best first, without tiers of which none were compared', () =>
    expect(
      countMovedByTier({
        excellent: { ...none, excellent: 3 },
        good: { ...none, good: 117, excellent: 2, risky: 1 },
        risky: none,
        none: { ...none, none: 5, risky: 5 },
      }),
    ).toEqual([
      { tier: 'excellent', compared: 3, moved: 0 },
      { tier: 'good', compared: 120, moved: 3 },
      { tier: 'none', compared: 10, moved: 5 },
    ]));
});

describe('the sample of leads that models are compared by', () => {
  it('has leads of each list, also of a short one beside long ones', () =>
    expect(takeInTurn([list('a', 9), list('b', 1), list('c', 9)], 5).map(({ leadId }) => leadId)).toEqual([
      'a-0',
      'b-0',
      'c-0',
      'a-1',
      'c-1',
    ]));

  it('has a lead once that changed its tier while pages were read', () =>
    expect(
      takeInTurn([list('a', 2), [{ leadId: 'a-0', tier: 'b' }, ...list('b', 1)]], 9).map(
        ({ leadId }) => leadId,
      ),
    ).toEqual(['a-0', 'a-1', 'b-0']));

  it('has all there are if they are few', () => expect(takeInTurn([list('a', 3), []], 9)).toHaveLength(3));
});
