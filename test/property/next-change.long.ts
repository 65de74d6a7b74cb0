import { describe, expect, it } from 'vitest';
import { decayingLead } from '../support/decaying-leads.ts';
import { expectSameAsScan } from './next-change.ts';

describe('the next change by itself', { timeout: 1_200_000 }, () => {
  it('is the one that judging every hour finds, for very many models and histories', () => {
    expect(expectSameAsScan(decayingLead, 10_000)).toBeGreaterThan(1_500);
  });
});
