import { describe, expect, it } from 'vitest';
import { takeInTurn } from '../../../console/pages/model/judging/take-in-turn.ts';

const list = (name: string, length: number) =>
  Array.from({ length }, (_, i) => ({ leadId: `${name}-${i}`, tier: name }));

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
