import { describe, expect, it } from 'vitest';
import { forgetKey, keyOf } from '../../../console/parts/handoff/answer-keys.ts';

describe('the key of an answer', () => {
  it('is the same when the same is tried again', () => {
    expect(keyOf('a', 'accepted', undefined)).toBe(keyOf('a', 'accepted', undefined));
    expect(keyOf('a', 'rejected', 'No budget')).toBe(keyOf('a', 'rejected', 'No budget'));
  });

  it('is another one for another hand-off, verdict or reason', () => {
    const keys = [
      keyOf('b', 'accepted', undefined),
      keyOf('c', 'accepted', undefined),
      keyOf('b', 'rejected', 'No budget'),
      keyOf('b', 'rejected', 'No time'),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('is another one after the answer was taken', () => {
    const key = keyOf('d', 'accepted', undefined);
    forgetKey('d', 'accepted', undefined);
    expect(keyOf('d', 'accepted', undefined)).not.toBe(key);
  });
});
