import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

interface ShippedDocument {
  readonly dimensions: Readonly<
    Record<string, { readonly criteria: readonly { readonly each?: { readonly answering?: string } }[] }>
  >;
}

const shapes = [{ halfLifeDays: 14 }, { linearDays: 90 }, { percent: 25, everyDays: 30 }, undefined];

/** Returns the document of the model that is shipped, with decay of most criteria that may have it. */
const fadingDocument = (): object => {
  const document = readModelFile('success-ready') as ShippedDocument;
  const fade = <T extends { readonly each?: { readonly answering?: string } }>(criterion: T, i: number) =>
    criterion.each?.answering === undefined ? { ...criterion, decay: shapes[i % shapes.length] } : criterion;
  return {
    ...document,
    dimensions: Object.fromEntries(
      Object.entries(document.dimensions).map(([name, dimension]) => [
        name,
        { ...dimension, criteria: dimension.criteria.map(fade) },
      ]),
    ),
  };
};

const usualFacts = createLeads(200).map(
  ({ facts, stage, at }): Facts => ({ ...facts, stated: [{ stage }, at] }),
);

describe('the next change by itself', () => {
  it('is the one that judging every hour finds, for any model and history', () => {
    expect(expectSameAsScan(decayingLead, 1_000)).toBeGreaterThan(200);
  });

  it('is the one that judging every hour finds, by the shipped model with decay', () => {
    const document = fadingDocument();
    expect(checkModel(document)).toMatchObject({ ok: true });
    const leads = judgedLeads(fc.constant(document), fc.constantFrom(...usualFacts));
    expect(expectSameAsScan(leads, 200)).toBeGreaterThan(80);
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
