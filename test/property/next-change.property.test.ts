import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withDecay } from '../../bench/decay/with-decay.ts';
import { createLeads } from '../../bench/scoring/leads.ts';
import {
  checkModel,
  computeHour,
  evaluate,
  type Facts,
  freeze,
  instantOf,
  listCuts,
} from '../../shared/scoring/index.ts';
import { decayingLead, judgedLeads } from '../support/decaying-leads.ts';
import { readModelFile } from '../support/models.ts';
import { seeded } from '../support/seed.ts';
import { expectSameAsScan } from './next-change.ts';

const hourMs = 3_600_000;

const usualFacts = createLeads(200).map(
  ({ facts, stage, at }): Facts => ({ ...facts, stated: [{ stage }, at] }),
);

describe('the next change by itself', { timeout: 300_000 }, () => {
  it('is the one that judging every hour finds, for any model and history', () => {
    expect(expectSameAsScan(decayingLead, 1_000)).toBeGreaterThan(150);
  });

  it('is the one that judging every hour finds, by the shipped model with decay', () => {
    const document = withDecay(readModelFile('success-ready'));
    expect(checkModel(document)).toMatchObject({ ok: true });
    const leads = judgedLeads(fc.constant(document), fc.constantFrom(...usualFacts));
    expect(expectSameAsScan(leads, 200)).toBeGreaterThan(40);
  });
});

describe('a stretch between two cuts', () => {
  const hours = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 2, maxLength: 8 });

  it('has the scores that are evaluated at its hours, and bounds of all between two', () => {
    fc.assert(
      fc.property(decayingLead, hours, ({ model, state }, later) => {
        const { facts, stage } = state;
        const from = computeHour(instantOf(facts)) + 1;
        const to = (listCuts(model, facts, from, Infinity)[0] ?? from + 9_000) - 1;
        const { computeScore } = freeze(model, facts, stage, from, to);
        const chosen = later.map((hour) => Math.min(from + hour, to)).sort((a, b) => a - b);
        const [first = from, last = from] = [chosen[0], chosen.at(-1)];
        for (const hour of chosen) {
          const { score } = evaluate(model, facts, stage, hour * hourMs);
          expect(computeScore(hour, hour)).toBe(score);
          expect(computeScore(first, last)).toBeGreaterThanOrEqual(score);
          expect(computeScore(last, first)).toBeLessThanOrEqual(score);
        }
      }),
      { ...seeded(), numRuns: 500 },
    );
  });
});
