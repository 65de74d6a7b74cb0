import { describe, expect, it } from 'vitest';
import { withThresholds } from '../../../shared/calibration/apply.ts';
import type { Column } from '../../../shared/calibration/columns/bin-source.ts';
import { computeCuts, findBin } from '../../../shared/calibration/columns/cuts.ts';
import type { Tally } from '../../../shared/calibration/columns/tally.ts';
import { buildDocument } from '../../../shared/calibration/document/build-document.ts';
import { describeBand } from '../../../shared/calibration/document/words.ts';
import { chooseShapes } from '../../../shared/calibration/fit/choose-shape.ts';
import { fitStrengths, type Weighed } from '../../../shared/calibration/fit/strengths.ts';
import { sigmoid } from '../../../shared/calibration/math.ts';
import { checkModel } from '../../../shared/scoring/index.ts';
import { drawFrom } from '../../support/calibration.ts';
import { smallDocument } from '../../support/models.ts';

const count = 4_000;
const indexes = Int32Array.from({ length: count }, (_, i) => i);

/** Returns a column of two bins, with the evidence of the second. */
const columnOf = (name: string, bins: Uint8Array, evidence: number): Weighed => {
  const field = { kind: 'attribute', name, as: 'values' } as const;
  const source = {
    kind: 'values',
    field,
    codes: Int32Array.from(bins, (bin) => bin - 1),
    names: ['yes'],
  } as const;
  const column: Column = { source, size: 3, bins, order: undefined, cuts: [], kept: [0] };
  return { column, evidence: Float64Array.of(0, evidence, 0), monotone: undefined, prior: 1 };
};

const draw = drawFrom(17);
const drawBins = (): Uint8Array => Uint8Array.from(indexes, () => (draw() < 0.4 ? 1 : 0));
const helpful = drawBins();
const useless = drawBins();
const outcomes = Uint8Array.from(indexes, (i) => (draw() < sigmoid(-1 + 2 * (helpful[i] as number)) ? 1 : 0));
const weighed = [
  columnOf('helpful', helpful, 1),
  columnOf('useless', useless, -1),
  columnOf('same', helpful, 1),
];

describe('strengths', () => {
  it('are those of naive Bayes if the ridge is strong', () => {
    const { strengths } = fitStrengths(weighed, { outcomes, indexes }, 1e9);
    expect([...strengths].map((one) => Math.round(one * 1_000))).toEqual([1_000, 1_000, 1_000]);
  });

  it('are at the least loss without a ridge, and never below 0', () => {
    const { strengths, constant } = fitStrengths(weighed.slice(0, 2), { outcomes, indexes }, 0);
    const [strong = 0, weak = 0] = strengths;
    expect(weak).toBeGreaterThanOrEqual(0);
    let [slope, all] = [0, 0];
    for (const i of indexes) {
      const margin = constant + strong * (helpful[i] as number) - weak * (useless[i] as number);
      const residual = sigmoid(margin) - (outcomes[i] as number);
      slope += residual * (helpful[i] as number);
      all += residual;
    }
    expect(Math.abs(slope)).toBeLessThan(0.1);
    expect(Math.abs(all)).toBeLessThan(0.1);
    expect(strong).toBeGreaterThan(1.5);
  });
});

describe('cuts', () => {
  it('divide numbers into 20 bins at most, with fewer leads towards the ends than in the middle', () => {
    const values = Float64Array.from(indexes, () => draw() + draw() + draw());
    const cuts = computeCuts(values, 20);
    const leads = new Array<number>(cuts.length + 1).fill(0);
    for (const value of values) leads[findBin(cuts, value)] = (leads[findBin(cuts, value)] ?? 0) + 1;
    expect(leads.length).toBeLessThanOrEqual(20);
    expect(leads.length).toBeGreaterThan(15);
    expect(Math.min(...leads)).toBeGreaterThanOrEqual(30);
    const middle = leads[Math.floor(leads.length / 2)] ?? 0;
    expect(leads[0]).toBeLessThan(middle / 2);
    expect(leads.at(-1)).toBeLessThan(middle / 2);
  });
});

describe('shapes', () => {
  const means = Array.from({ length: 10 }, (_, bin) => bin);
  /** Returns five stretches of time whose rates of success are those of a function of the bin. */
  const stretchesOf = (leads: number, rate: (bin: number) => number): Tally[] =>
    Array.from({ length: 5 }, () => ({
      leads: Float64Array.from(means, () => leads),
      successes: Float64Array.from(means, (bin) => Math.round(leads * rate(bin))),
    }));
  const sharesOf = (leads: number, rate: (bin: number) => number) =>
    chooseShapes(stretchesOf(leads, rate), { from: 0, means, direction: 1 });

  it('share in the evidence, in all one', () => {
    const shares = sharesOf(40, (bin) => 0.1 + 0.05 * bin);
    expect(shares.length).toBeGreaterThan(1);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
  });

  it('are steps alone if many leads show a leap', () => {
    expect(sharesOf(2_000, (bin) => (bin < 9 ? 0.05 : 0.6))).toEqual([{ shape: 'steps', share: 1 }]);
  });

  it('are free if rates clearly rise and fall again', () => {
    expect(sharesOf(2_000, (bin) => (bin === 4 || bin === 5 ? 0.5 : 0.1))).toEqual([
      { shape: 'free', share: 1 },
    ]);
  });
});

describe('a document', () => {
  it('has weights within the bounds of the format, however much log odds a dimension spans', () => {
    const effects = { effects: [Float64Array.of(0, 5_000, 0)], constant: 0 };
    const tiers = { excellent: 75, good: 50, risky: 25 };
    const name = { id: 'learnt', version: '1', title: 'Learnt' };
    const document = buildDocument(name, weighed.slice(0, 1), effects, { outcomes, indexes }, tiers);
    expect(checkModel(document).ok).toBe(true);
    expect(document?.scorecards.mql).toEqual({ profile: 1_000 });
  });

  it('gets less hysteresis if tiers come closer than it is wide', () => {
    const checked = checkModel(smallDocument());
    if (!checked.ok) throw new Error('the model is invalid');
    const { document } = checked.model;
    const wide = { ...document, tiers: { ...document.tiers, hysteresis: 10 } };
    expect(withThresholds(wide, { excellent: 40, good: 36, risky: 20 }).tiers.hysteresis).toBe(3);
    expect(withThresholds(wide, { excellent: 80, good: 50, risky: 20 }).tiers.hysteresis).toBe(10);
  });

  it('says "an" before a vowel', () => {
    const say = (name: string) => describeBand({ kind: 'attribute', name }, 30, undefined);
    expect(say('age')).toBe('has an age of 30 or more');
    expect(say('unitPrice')).toBe('has a unit price of 30 or more');
    expect(say('balance')).toBe('has a balance of 30 or more');
  });
});
