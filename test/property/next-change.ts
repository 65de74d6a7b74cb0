import fc from 'fast-check';
import { expect } from 'vitest';
import { findNextChange } from '../../shared/lead/index.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import type { JudgedLead } from '../support/decaying-leads.ts';
import { scanNextChange } from '../support/scan-next-change.ts';
import { seeded } from '../support/seed.ts';

const dayMs = 86_400_000;

/** The days for which a lead is followed: some weeks at most for most leads, since judging every hour takes long. */
const followedDays = fc.oneof(
  { weight: 15, arbitrary: fc.integer({ min: 1, max: 60 }) },
  { weight: 1, arbitrary: fc.constant(Infinity) },
);

/**
 * Expects that the search finds the same hour as judging every hour does.
 *
 * @returns the number of leads of which something changed by itself
 */
export const expectSameAsScan = (leads: fc.Arbitrary<JudgedLead>, numRuns: number): number => {
  let changed = 0;
  fc.assert(
    fc.property(leads, followedDays, ({ model, state }, days) => {
      const until = instantOf(state.facts) + days * dayMs;
      const expected = scanNextChange(model, state, until);
      if (expected !== undefined) changed++;
      expect(findNextChange(model, state, { until })).toBe(expected);
      expect(findNextChange(model, state, { until, isJudged: true })).toBe(expected);
    }),
    { ...seeded(), numRuns },
  );
  return changed;
};
