import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findNextChange } from '../../shared/lead/next-change.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import { decayingLead } from '../support/decaying-leads.ts';
import { scanNextChange } from '../support/scan-next-change.ts';
import { seeded } from '../support/seed.ts';

const dayMs = 86_400_000;

describe('the next change by itself', () => {
  it('is the one that judging every hour finds, for any model and history', () => {
    const kinds = { found: 0, none: 0 };
    fc.assert(
      fc.property(decayingLead, fc.constantFrom(30, 30, 90, Infinity), ({ model, state }, days) => {
        const until = instantOf(state.facts) + days * dayMs;
        const expected = scanNextChange(model, state, until);
        kinds[expected === undefined ? 'none' : 'found']++;
        expect(findNextChange(model, state, until)).toBe(expected);
      }),
      { ...seeded(), numRuns: Number(process.env.RUNS ?? 1_000) },
    );
    console.log(kinds);
  });
});
