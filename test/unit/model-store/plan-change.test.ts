import { describe, expect, it } from 'vitest';
import { planActivation } from '../../../shared/model-store/plan-change.ts';
import type { ModelPointer } from '../../../shared/model-store/registry.ts';

const author = { by: 'ana', reason: 'better' };
const at = '2026-03-01T09:00:00.000Z';

describe('a pointer', () => {
  it('remembers the last 50 models that were active, so that it never outgrows its item', () => {
    let before: ModelPointer | undefined;
    for (let i = 0; i <= 60; i++) before = planActivation({ before, author, at }, `small@${i}`, 'all').after;
    expect(before?.earlier).toHaveLength(50);
    expect([before?.earlier.at(0), before?.earlier.at(-1)]).toEqual(['small@10', 'small@59']);
  });
});
