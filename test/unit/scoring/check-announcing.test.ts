import { describe, expect, it } from 'vitest';
import { createFindUnread } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { type BreakIt, foundAfter } from './check-document.ts';

const announcing =
  (points: unknown): BreakIt =>
  (document) => {
    document.policy.announceScore = { points };
  };

const naming =
  (attributes: readonly string[]): BreakIt =>
  (document) => {
    document.policy.handoffs = { attributes };
  };

describe('the points from which a score is announced', () => {
  it.each([1, 100])('may be %d', (points) => {
    expect(foundAfter(announcing(points))).toEqual({ errors: [], warnings: [] });
  });

  it.each([
    [0, 'at least 1'],
    [101, 'at most 100'],
    [2.5, 'a whole number'],
  ])('are refused if they are %d', (points, allowed) => {
    expect(foundAfter(announcing(points)).errors).toEqual([
      `policy.announceScore.points: given ${points}; allowed: ${allowed}`,
    ]);
  });
});

describe('the attributes that the request of a hand-off announces', () => {
  it('are at least one and at most ten', () => {
    const names = Array.from({ length: 11 }, (_, i) => `name-${i}`);
    const errorsOf = (count: number) =>
      foundAfter((document) => {
        delete document.attributes;
        naming(names.slice(0, count))(document);
      }).errors;
    expect(errorsOf(10)).toEqual([]);
    expect(errorsOf(11)).toHaveLength(1);
    expect(errorsOf(0)).toHaveLength(1);
  });

  it('are names that the model knows, although no rule reads them', () => {
    const { policy, ...small } = smallDocument();
    const { document } = compileDocument({
      ...small,
      policy: { ...policy, handoffs: { attributes: ['company'] } },
    });
    const unread = (name: string) =>
      createFindUnread(document)({ bag: 'attributes', name, value: 'x' } as never);
    expect(document.policy.handoffs?.attributes).toEqual(['company']);
    expect([unread('company'), unread('companny')].map((found) => found === undefined)).toEqual([
      true,
      false,
    ]);
  });
});
