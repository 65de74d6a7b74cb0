import { describe, expect, it } from 'vitest';
import { createTopList } from '../../../shared/top-list/index.ts';

const top = (most: number, given: readonly number[]) => {
  const list = createTopList<number>(most, (a, b) => b - a);
  for (const value of given) list.add(value);
  return list.list();
};

describe('a top list', () => {
  it('has the first by its order, whatever order they come in', () => {
    expect(top(3, [5, 1, 9, 7, 3, 8, 2, 6])).toEqual([9, 8, 7]);
    expect(top(3, [9, 8, 7, 6, 5, 3, 2, 1])).toEqual([9, 8, 7]);
  });

  it('has all if there are fewer', () => expect(top(3, [1, 2])).toEqual([2, 1]));

  it('has none if the limit is 0', () => expect(top(0, [1, 2])).toEqual([]));
});
