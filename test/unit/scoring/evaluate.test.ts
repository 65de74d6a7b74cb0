import { describe, expect, it } from 'vitest';
import { computeDay, evaluate, explain, type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument, successReady } from '../../support/models.ts';

const at = Date.parse('2026-03-31T12:00:00Z');
const day = computeDay(at);
const model = compileDocument(smallDocument());

const facts: Facts = {
  ...noFacts,
  seen: at,
  attributes: { seniority: ['executive', at] },
  activities: { demo_requested: [1, at, [day, 1]], page_visited: [3, at, [day - 10, 1, day - 9, 2]] },
};

describe('a score', () => {
  it('is the mean of the dimensions weighted by the scorecard of the stage', () => {
    // interest: 50 for the demo, 2 × 5 for the visits within 10 days; fit: 80
    expect(evaluate(model, facts, 'lead', at)).toMatchObject({ score: 70, dimensions: [60, 80] });
    expect(evaluate(model, facts, 'mql', at)).toMatchObject({ score: 75 });
    expect(evaluate(model, facts, 'sql', at)).toMatchObject({ score: 80 });
  });

  it("takes the opportunity's scorecard for customers where the model has none for them", () => {
    expect(evaluate(model, facts, 'customer', at).score).toBe(
      evaluate(model, facts, 'opportunity', at).score,
    );
  });

  it('changes as days pass, since windows count back from the instant', () => {
    const tomorrow = at + 86_400_000;
    expect(evaluate(model, facts, 'lead', tomorrow).dimensions).toEqual([50, 80]);
  });

  it('stays within 0 and 100 whatever the points', () => {
    const document = smallDocument();
    document.dimensions.fit.criteria[0] = {
      id: 'executive',
      text: 'x',
      when: { attribute: 'seniority', is: 'executive' },
      points: 1000,
    };
    document.dimensions.interest.criteria[0] = {
      id: 'demo',
      text: 'x',
      when: { activity: 'demo_requested' },
      points: -1000,
    };
    expect(evaluate(compileDocument(document), facts, 'lead', at).dimensions).toEqual([0, 100]);
  });

  it('gives the points of the highest band reached, and of none below the lowest', () => {
    const document = {
      ...smallDocument(),
      dimensions: {
        interest: {
          title: 'x',
          criteria: [
            {
              id: 'size',
              text: 'x',
              of: { attribute: 'employees' },
              bands: [
                { from: 10, points: 5 },
                { from: 100, points: 30 },
                { from: 50, points: 20 },
              ],
            },
          ],
        },
        fit: smallDocument().dimensions.fit,
      },
    };
    const banded = compileDocument(document);
    const scored = (employees: number) =>
      evaluate(banded, { ...noFacts, attributes: { employees: [employees, at] } }, 'lead', at).dimensions[0];
    expect([9, 10, 49, 50, 99, 100, 1e9].map(scored)).toEqual([0, 5, 5, 20, 20, 30, 30]);
  });

  it('gives the points of a value in a table, and of any other by `otherwise`', () => {
    const document = {
      ...smallDocument(),
      dimensions: {
        interest: {
          title: 'x',
          criteria: [
            { id: 'c', text: 'x', of: { attribute: 'a' }, table: { x: 10, true: 7, '3': 4 }, otherwise: 1 },
          ],
        },
        fit: smallDocument().dimensions.fit,
      },
    };
    const tabled = compileDocument(document);
    const scored = (value: string | number | boolean) =>
      evaluate(tabled, { ...noFacts, attributes: { a: [value, at] } }, 'lead', at).dimensions[0];
    expect(['x', true, 3, 'constructor', '__proto__'].map(scored)).toEqual([10, 7, 4, 1, 1]);
  });
});

describe('coverage', () => {
  it('is the share of the weight whose facts are known', () => {
    expect(evaluate(model, noFacts, 'lead', at).coverage).toBe(0.5); // activities are always known, seniority isn't
    expect(evaluate(model, noFacts, 'sql', at).coverage).toBe(0);
    expect(evaluate(model, facts, 'lead', at).coverage).toBe(1);
  });
});

describe('BANT', () => {
  const method = successReady();
  const answers = (given: Record<string, string | number>): Facts => ({
    ...noFacts,
    answers: Object.fromEntries(Object.entries(given).map(([id, value]) => [id, [value, at]])),
  });
  const bant = (given: Record<string, string | number>) => explain(method, answers(given), 'sql', at).bant;

  it('is met by three of four', () => {
    expect(bant({ budget: 'approved', authority: 'decides', need: 'critical' })?.met).toBe('pass');
    expect(bant({ budget: 'none', authority: 'decides', need: 'critical', timeframeMonths: 2 })?.met).toBe(
      'pass',
    );
  });

  it('is open while it can still be met, and failed when it no longer can', () => {
    expect(bant({ budget: 'approved', authority: 'decides' })?.met).toBe('unknown');
    expect(bant({ budget: 'none', authority: 'none' })?.met).toBe('fail');
  });

  it('lets a far time frame fail its letter and lower the score, and disqualifies nobody for it', () => {
    expect(bant({ timeframeMonths: 24 })?.timeframe).toBe('fail');
    const score = (months: number) =>
      evaluate(method, answers({ need: 'critical', timeframeMonths: months }), 'sql', at);
    expect(score(24).score).toBeLessThan(score(2).score);
    expect(score(24).disqualifier).toBeUndefined();
  });
});

describe('disqualification', () => {
  it('names the first disqualifier that holds', () => {
    const given: Facts = { ...noFacts, answers: { need: ['none', at] } };
    expect(evaluate(model, given, 'lead', at).disqualifier?.id).toBe('no-need');
  });

  it('does not hold where its exception does', () => {
    const given: Facts = { ...facts, answers: { need: ['none', at] } };
    expect(evaluate(model, given, 'lead', at).disqualifier).toBeUndefined();
  });

  it('does not hold for what nobody has said', () => {
    expect(evaluate(model, noFacts, 'lead', at).disqualifier).toBeUndefined();
  });
});

describe('an explanation', () => {
  const explained = explain(model, facts, 'mql', at);

  it('says every point that counts, the heaviest first', () => {
    expect(explained.counted).toEqual([
      { dimension: 'fit', criterion: 'executive', text: 'is an executive', points: 80, weight: 60 },
      { dimension: 'interest', criterion: 'demo', text: 'asked for a demo', points: 50, weight: 12.5 },
      {
        dimension: 'interest',
        criterion: 'visits',
        text: 'visited pages in the last 10 days',
        points: 10,
        weight: 2.5,
      },
    ]);
  });

  it('sums to the score', () => {
    const contributions = explained.dimensions.reduce((sum, dimension) => sum + dimension.contribution, 0);
    expect(contributions).toBeCloseTo(explained.score, 5);
    expect(explained.counted.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(explained.score, 5);
  });

  it('says every criterion that could have given more, and whether asking would help', () => {
    const possible = explain(model, noFacts, 'mql', at).possible;
    expect(possible.map(({ criterion, weight, known }) => [criterion, weight, known])).toEqual([
      ['executive', 60, false],
      ['demo', 12.5, true],
      ['visits', 5, true],
    ]);
  });

  it('does not promise more than the cap of 100 leaves', () => {
    const document = smallDocument();
    const [demo, visits] = document.dimensions.interest.criteria;
    const capped = compileDocument({
      ...document,
      dimensions: {
        ...document.dimensions,
        interest: { title: 'x', criteria: [{ ...demo, points: 95 }, visits] },
      },
    });
    const once: Facts = { ...noFacts, activities: { demo_requested: [1, at, [day, 1]] } };
    const visitsCould = explain(capped, once, 'lead', at).possible.find(
      ({ criterion }) => criterion === 'visits',
    );
    expect(visitsCould?.weight).toBe(2.5); // 5 of its 20 points, at half of the score
  });
});
