import fc from 'fast-check';
import { expect } from 'vitest';
import { findNextChange } from '../../shared/lead/index.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import type { JudgedLead } from '../support/decaying-leads.ts';
import { scanNextChange } from '../support/scan-next-change.ts';
import { seeded } from '../support/seed.ts';

const dayMs = 86_400_000;

/**
 * Expects that the search finds the same hour as judging every hour does. Most leads are followed for some weeks only,
 * since judging every hour of a year takes long.
 *
 * @returns the number of leads of which something changed by itself
 */
export const expectSameAsScan = (leads: fc.Arbitrary<JudgedLead>, numRuns: number): number => {
  let changed = 0;
  fc.assert(
    fc.property(leads, fc.constantFrom(20, 20, 20, 45, 45, 90, 90, Infinity), ({ model, state }, days) => {
      const until = instantOf(state.facts) + days * dayMs;
      const expected = scanNextChange(model, state, until);
      if (expected !== undefined) changed++;
      expect(findNextChange(model, state, until)).toBe(expected);
    }),
    { ...seeded(), numRuns },
  );
  return changed;
};
