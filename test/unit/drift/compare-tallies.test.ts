import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../shared/calibration/random.ts';
import {
  compareTallies,
  type DriftTally,
  emptyTally,
  mergeTallies,
  type OutcomeCount,
} from '../../../shared/drift/index.ts';

const random = createRandom(16);

/** The leads of a made-up month: their mean score, and the parameters of what is drawn of them. */
interface Population {
  readonly mean: number;
  readonly holds: number;
  readonly base: number;
  readonly slope: number;
}
const usual: Population = { mean: 50, holds: 0.3, base: 0.15, slope: 0.06 };

const repeat = (times: number): number[] => Array.from({ length: times }, (_, i) => i);

const drawScore = ({ mean }: Population): number => {
  const sum = repeat(6).reduce((total) => total + random(), 0);
  return Math.max(0, Math.min(100, Math.floor(mean + (sum - 3) * 25)));
};

const drawTally = (population: Population, leads: number, ripe: number): DriftTally => {
  const { holds, base, slope } = population;
  const scores = emptyTally.scores.slice();
  for (const _ of repeat(leads)) {
    const score = drawScore(population);
    scores[score] = (scores[score] ?? 0) + 1;
  }
  const held = repeat(leads).filter(() => random() < holds).length;
  const values = { 'entry 1': 0, 'entry 2': 0, otherwise: 0, unknown: 0 };
  for (const _ of repeat(leads)) {
    const drawn = random();
    values[drawn < 0.5 ? 'entry 1' : drawn < 0.8 ? 'entry 2' : drawn < 0.99 ? 'otherwise' : 'unknown']++;
  }
  const outcomes = emptyTally.outcomes.map((count): [number, number] => [...count]);
  for (const _ of repeat(ripe)) {
    const score = drawScore(population);
    const count = outcomes[score] as [number, number];
    count[0]++;
    const odds = (base / (1 - base)) * Math.exp(slope * (score - 50));
    if (random() < odds / (1 + odds)) count[1]++;
  }
  return { leads, scores, criteria: { opened: { holds: held, not: leads - held }, value: values }, outcomes };
};

const compare = (reference: DriftTally, current: DriftTally) =>
  compareTallies({ leads: reference, outcomes: reference }, current);

const countFindings = (runs: number, leads: number, ripe: number): number =>
  repeat(runs).filter(
    () => compare(drawTally(usual, leads, ripe), drawTally(usual, leads, ripe)).findings.length > 0,
  ).length;

const kindsOf = (current: DriftTally): string[] => [
  ...new Set(compare(drawTally(usual, 5_000, 1_500), current).findings.map(({ kind }) => kind)),
];

describe('two months of one population', () => {
  it.each([
    ['few leads', 250, 220],
    ['some leads', 800, 500],
    ['many leads', 4_000, 1_500],
  ])('differ by no finding in at least 95 of 100 draws, with %s', (_name, leads, ripe) => {
    expect(countFindings(200, leads, ripe)).toBeLessThanOrEqual(10);
  });
});

describe('a month that differs', () => {
  it('is found by its scores', () => {
    expect(kindsOf(drawTally({ ...usual, mean: 62 }, 5_000, 0))).toEqual(['score']);
  });

  it('is found by its scores if all leads had one score before, and have another one', () => {
    const oneScore = (score: number): DriftTally => ({
      ...emptyTally,
      leads: 300,
      scores: emptyTally.scores.with(score, 300),
    });
    for (const [before, now] of [
      [100, 0],
      [0, 100],
      [40, 39],
    ])
      expect(compare(oneScore(before ?? 0), oneScore(now ?? 0)).findings).toMatchObject([{ kind: 'score' }]);
  });

  it('is found by a criterion, whose name and answer the text has', () => {
    const { findings, remedy } = compare(
      drawTally(usual, 5_000, 0),
      drawTally({ ...usual, holds: 0.55 }, 5_000, 0),
    );
    expect(findings).toMatchObject([{ kind: 'criterion', criterion: 'opened' }]);
    expect(findings[0]?.text).toMatch(/"(holds|not)" from \d\d % to \d\d %$/);
    expect(remedy).toBe('move-tiers');
  });

  it('has its tiers moved if leads win more often at every score, but the scores still rank them', () => {
    const { findings, remedy } = compare(
      drawTally(usual, 5_000, 1_500),
      drawTally({ ...usual, base: 0.3 }, 5_000, 1_500),
    );
    expect(findings.map(({ kind }) => kind).toSorted()).toEqual(['base-rate', 'calibration']);
    expect(remedy).toBe('move-tiers');
  });

  it('has its model calibrated again if scores no longer rank leads', () => {
    const { findings, remedy } = compare(
      drawTally(usual, 5_000, 1_500),
      drawTally({ ...usual, slope: 0 }, 5_000, 1_500),
    );
    expect(findings.some(({ text }) => text.startsWith('scores rank leads less well'))).toBe(true);
    expect(remedy).toBe('calibrate');
  });

  it('is found if nobody wins any more', () => {
    expect(kindsOf(drawTally({ ...usual, base: 1e-9 }, 0, 1_500))).toContain('base-rate');
  });
});

describe('too few', () => {
  it('leads are no finding, however much they differ', () => {
    const few = drawTally({ ...usual, mean: 95, holds: 1 }, 199, 0);
    expect(compare(drawTally(usual, 5_000, 0), few)).toEqual({
      measures: [],
      findings: [],
      tooFew: ['leads', 'outcomes'],
    });
  });

  it('outcomes are no finding, however much they differ', () => {
    const few = drawTally({ ...usual, base: 0.9 }, 1_000, 150);
    expect(compare(drawTally(usual, 1_000, 1_000), few)).toMatchObject({
      findings: [],
      tooFew: ['outcomes'],
    });
  });

  it('winners are no finding', () => {
    const [before, now] = [{ ...usual, base: 1e-9 }, usual].map((population) => ({
      ...drawTally(usual, 1_000, 0),
      outcomes: drawTally(population, 0, 300).outcomes.map(
        ([leads], i): OutcomeCount => [leads, i === 50 ? 1 : 0],
      ),
    }));
    expect(compare(before as DriftTally, now as DriftTally)).toMatchObject({
      findings: [],
      tooFew: ['outcomes'],
    });
  });

  it('is what is said as long as there is nothing to compare with', () => {
    const compared = compareTallies(
      { leads: undefined, outcomes: undefined },
      drawTally(usual, 5_000, 1_000),
    );
    expect(compared).toEqual({ measures: [], findings: [], tooFew: ['leads', 'outcomes'] });
  });
});

describe('the tally of two sets', () => {
  it('is the same in either order, and has the leads and outcomes of both', () => {
    const [a, b] = [drawTally(usual, 300, 100), drawTally({ ...usual, mean: 20 }, 200, 50)];
    const merged = mergeTallies(a, b);
    expect(mergeTallies(b, a)).toEqual(merged);
    expect(merged.leads).toBe(500);
    expect(merged.scores.reduce((sum, count) => sum + count)).toBe(500);
    expect(merged.outcomes.reduce((sum, [leads]) => sum + leads, 0)).toBe(150);
    expect(Object.values(merged.criteria.value ?? {}).reduce((sum, count) => sum + count)).toBe(500);
  });

  it('is that of a set, if the other one is empty', () => {
    const tally = drawTally(usual, 300, 100);
    expect(mergeTallies(emptyTally, tally)).toEqual(tally);
  });
});
