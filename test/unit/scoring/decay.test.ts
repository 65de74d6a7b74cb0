import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import { evolve, type SignalEvent } from '../../../shared/lead/index.ts';
import { fullWeight, oldestAge, weightsOf } from '../../../shared/scoring/decay/weights.ts';
import type { Decay } from '../../../shared/scoring/document/decay.ts';
import {
  checkModel,
  computePoints,
  evaluate,
  type Facts,
  noFacts,
  read,
  round,
} from '../../../shared/scoring/index.ts';
import { markedTables, readDocument } from '../../support/docs.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const start = Date.parse('2026-03-02T00:00:00.000Z');

const documentWith = (...criteria: readonly object[]) => {
  const document = smallDocument();
  const interest = {
    title: 'Interest',
    base: 50,
    criteria: criteria.map((criterion, i) => ({ id: `c${i}`, text: 'did it', ...criterion })),
  };
  return { ...document, dimensions: { ...document.dimensions, interest } };
};

/** Returns the points that criteria give at an instant. */
const pointsAt = (facts: Facts, at: number, ...criteria: readonly object[]): number =>
  round((evaluate(compileDocument(documentWith(...criteria)), facts, 'lead', at).dimensions[0] ?? 0) - 50);

const findProblems = (...criteria: readonly object[]): string[] => {
  const checked = checkModel(documentWith(...criteria));
  return checked.ok ? [] : checked.problems.map(showProblem);
};

const signal = (type: SignalEvent['type'], data: Record<string, unknown>, at: number): SignalEvent =>
  buildSignal({ type, data, at: new Date(at).toISOString(), id: `${type}-${at}` });
const did = (activity: string, at: number, count = 1) =>
  signal('LeadActivityRecorded', { activity, count }, at);
const has = (attributes: Record<string, unknown>, at: number) =>
  signal('LeadProfileUpdated', { attributes }, at);
const fold = (...signals: readonly SignalEvent[]): Facts => signals.reduce(evolve, noFacts);

const demo = { when: { activity: 'demo_requested' }, points: 25 };
const halved = { halfLifeDays: 14 };

describe('the points left by decay', () => {
  const vectors = markedTables(readDocument('models.md'))
    .filter(({ mark }) => mark === 'vectors')
    .flatMap(({ rows }) => rows)
    .map(([points = '', decay = '', days = '', left = '']) => ({
      points: Number(points),
      decay: JSON.parse(decay.replaceAll('`', '')) as Decay,
      days: Number(days),
      left: Number(left),
    }));

  it('has vectors of every shape', () => {
    expect(new Set(vectors.map(({ decay }) => Object.keys(decay).join()))).toEqual(
      new Set(['halfLifeDays', 'linearDays', 'percent,everyDays']),
    );
  });

  it.each(vectors)('are $left of $points by $decay after $days days', ({ points, decay, days, left }) => {
    const facts = fold(has({ region: 'north' }, start), did('visited', start));
    const given = (criterion: object) => {
      const model = compileDocument(documentWith({ ...criterion, points, decay }));
      const criteria = model.dimensions[0]?.criteria ?? [];
      return criteria.map((one) => computePoints(one, read(model, facts, start + days * dayMs)));
    };
    const expected = [expect.closeTo(left, 2)];
    expect(given({ when: { attribute: 'region', known: true } })).toEqual(expected);
    expect(given({ each: { activity: 'visited' }, max: 1_000 })).toEqual(expected);
  });
});

describe('the age of points', () => {
  it('is that of the last time of an activity, in whole hours', () => {
    const facts = fold(did('demo_requested', start), did('demo_requested', start + 10 * dayMs));
    const left = (at: number) => pointsAt(facts, at, { ...demo, decay: halved });
    expect(left(start + 24 * dayMs)).toBe(12.5);
    expect(left(start + 24 * dayMs - 1)).toBe(12.53);
    expect(left(start + 24 * dayMs + hourMs - 1)).toBe(12.5);
  });

  it('is that of the latest fact of several', () => {
    const when = { all: [{ activity: 'demo_requested' }, { attribute: 'region', is: 'north' }] };
    const facts = fold(did('demo_requested', start), has({ region: 'north' }, start + 14 * dayMs));
    expect(pointsAt(facts, start + 28 * dayMs, { when, points: 20, decay: halved })).toBe(10);
  });

  it('is that of an outcome, a band and a value in a table', () => {
    const facts = fold(
      signal('LeadOutcomeRecorded', { outcome: 'referenced' }, start),
      has({ employees: 120, region: 'north' }, start),
    );
    const at = start + 14 * dayMs;
    const decay = halved;
    expect(pointsAt(facts, at, { when: { outcome: 'referenced' }, points: 20, decay })).toBe(10);
    const bands = [{ from: 100, points: 12 }];
    expect(pointsAt(facts, at, { of: { attribute: 'employees' }, bands, decay })).toBe(6);
    const table = { north: -8 };
    expect(pointsAt(facts, at, { of: { attribute: 'region' }, table, decay })).toBe(-4);
  });

  it('is that of the facts behind BANT', () => {
    const letter = (answer: string) => ({ pass: { answer, is: true } });
    const names = ['budget', 'authority', 'need', 'timeframe'];
    const letters = Object.fromEntries(names.map((name) => [name, letter(name)]));
    const criterion = { when: { bant: 'budget', is: 'pass' }, points: 20, decay: halved };
    const model = compileDocument({ ...documentWith(criterion), bant: { threshold: 1, letters } });
    const answers = { budget: { value: true } };
    const facts = fold(
      signal('LeadAnswersRecorded', { answers }, start),
      signal('LeadAnswersRecorded', { answers: { need: { value: true } } }, start + 7 * dayMs),
    );
    expect(evaluate(model, facts, 'lead', start + 14 * dayMs).dimensions[0]).toBe(60);
  });

  it('is none if no fact behind the points is known', () => {
    const when = { activity: 'demo_requested', atMost: 0 };
    const facts = fold(did('visited', start));
    expect(pointsAt(facts, start + 300 * dayMs, { when, points: 20, decay: halved })).toBe(20);
    const cleared = fold(has({ region: 'north' }, start), has({ region: null }, start + 1));
    const absent = { when: { attribute: 'region', known: false }, points: 20, decay: halved };
    expect(pointsAt(cleared, start + 300 * dayMs, absent)).toBe(20);
  });
});

describe('each with decay', () => {
  const each = { activity: 'visited' };

  it('gives every day its own age, and limits the sum', () => {
    const facts = fold(did('visited', start, 2), did('visited', start + 14 * dayMs, 3));
    const at = start + 28 * dayMs;
    expect(pointsAt(facts, at, { each, points: 4, max: 40, decay: halved })).toBe(8);
    expect(pointsAt(facts, at, { each, points: 4, max: 7, decay: halved })).toBe(7);
    expect(pointsAt(facts, at, { each, points: -4, max: 7, decay: halved })).toBe(-7);
  });

  it('counts the age from the beginning of the day', () => {
    const facts = fold(did('visited', start + 23 * hourMs));
    expect(pointsAt(facts, start + 14 * dayMs, { each, points: 40, max: 40, decay: halved })).toBe(20);
  });

  it('counts within its window only, and each day once if asked to', () => {
    const facts = fold(did('visited', start, 5), did('visited', start + 14 * dayMs, 4));
    const at = start + 28 * dayMs;
    const within = (more: object) =>
      pointsAt(facts, at, { each: { ...each, ...more }, points: 2, max: 40, decay: halved });
    expect(within({})).toBe(6.5);
    expect(within({ withinDays: 15 })).toBe(4);
    expect(within({ per: 'day' })).toBe(1.5);
    expect(within({ per: 'day', withinDays: 15 })).toBe(1);
  });

  it('gives nothing for what is a year old', () => {
    const facts = fold(did('visited', start, 5));
    const left = (at: number) =>
      pointsAt(facts, at, { each, points: 8, max: 40, decay: { halfLifeDays: 365 } });
    expect(left(start + 365 * dayMs - hourMs)).toBe(20);
    expect(left(start + 365 * dayMs)).toBe(0);
  });
});

const shapes: readonly Decay[] = [
  { halfLifeDays: 1 },
  { halfLifeDays: 13 },
  { halfLifeDays: 365 },
  { linearDays: 1 },
  { linearDays: 41 },
  { linearDays: 365 },
  { percent: 100, everyDays: 1 },
  { percent: 33.3, everyDays: 11 },
  { percent: 0.1, everyDays: 1 },
];

describe('the weights of decay', () => {
  it.each(shapes)('are whole, begin in full and never rise: %j', (shape) => {
    const weights = weightsOf(shape);
    expect(weights[0]).toBe(fullWeight);
    expect(weights).toHaveLength(oldestAge);
    expect(weights.findIndex((weight, age) => age > 0 && weight > (weights[age - 1] ?? 0))).toBe(-1);
    expect(weights.every((weight) => weight >= 0)).toBe(true);
  });

  it('are powers of one half, to less than one part of them', () => {
    const weights = weightsOf({ halfLifeDays: 13 });
    const exact = (age: number) => fullWeight * 2 ** (-age / (13 * 24));
    for (let age = 0; age < oldestAge; age++) {
      expect(Math.abs((weights[age] ?? 0) - exact(age))).toBeLessThan(1.01);
    }
  });

  it('are computed once for each shape', () => {
    expect(weightsOf({ percent: 20, everyDays: 3 })).toBe(weightsOf({ everyDays: 3, percent: 20 }));
    expect(weightsOf({ halfLifeDays: 3 })).not.toBe(weightsOf({ linearDays: 3 }));
  });
});

describe('a decayed score', () => {
  const criteria = shapes.flatMap((decay) => [
    { when: { activity: 'a0' }, points: 7.3, decay },
    { each: { activity: 'a1', withinDays: 60 }, points: 1.7, max: 9, decay },
    { each: { activity: 'a2', per: 'day' }, points: 0.9, max: 9, decay },
  ]);
  const gains = compileDocument(documentWith(...criteria));
  const visits = fc.array(
    fc.record({
      activity: fc.constantFrom('a0', 'a1', 'a2'),
      hours: fc.integer({ min: 0, max: 9_000 }),
      count: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const signalsOf = (given: readonly { activity: string; hours: number; count: number }[]) =>
    given.map(({ activity, hours, count }, i) =>
      buildSignal({
        type: 'LeadActivityRecorded',
        data: { activity, count },
        at: new Date(start - hours * hourMs).toISOString(),
        id: `v-${i}`,
      }),
    );

  it('never rises with age if all its points are gains', () => {
    fc.assert(
      fc.property(
        visits,
        fc.integer({ min: 0, max: 9_000 }),
        fc.integer({ min: 1, max: 900 }),
        (given, from, later) => {
          const facts = fold(...signalsOf(given));
          const at = facts.seen + from * hourMs;
          const before = evaluate(gains, facts, 'lead', at).score;
          expect(evaluate(gains, facts, 'lead', at + later * hourMs).score).toBeLessThanOrEqual(before);
        },
      ),
      { ...seeded(), numRuns: 300 },
    );
  });

  it('does not depend on the order of the events', () => {
    fc.assert(
      fc.property(visits, (given) => {
        const signals = signalsOf(given);
        const scoreOf = (ordered: readonly SignalEvent[]) => {
          const facts = fold(...ordered);
          return evaluate(gains, facts, 'lead', facts.seen);
        };
        const { reading: _, ...expected } = scoreOf(signals);
        const { reading: _reading, ...reversed } = scoreOf(signals.toReversed());
        expect(reversed).toEqual(expected);
      }),
      { ...seeded(), numRuns: 300 },
    );
  });
});

describe('the check of decay', () => {
  it.each([[{ halfLifeDays: 14 }], [{ linearDays: 365 }], [{ percent: 12.5, everyDays: 1 }]])(
    'accepts %j',
    (decay) => {
      expect(findProblems({ ...demo, decay })).toEqual([]);
    },
  );

  const oneShape = 'an object with exactly one of halfLifeDays, linearDays, or percent and everyDays';
  const at = 'dimensions.interest.criteria[0].decay';

  it.each([
    [
      { halfLifeDays: 14, linearDays: 90 },
      `${at}: given {"halfLifeDays":14,"linearDays":90}; allowed: ${oneShape}`,
    ],
    [{}, `${at}: given {}; allowed: ${oneShape}`],
    [{ everyDays: 3 }, `${at}: given {"everyDays":3}; allowed: ${oneShape}`],
    [{ percent: 3 }, `${at}.everyDays: given nothing; allowed: a number`],
    [{ percent: 0, everyDays: 3 }, `${at}.percent: given 0; allowed: above 0`],
    [{ percent: 101, everyDays: 3 }, `${at}.percent: given 101; allowed: at most 100`],
    [{ halfLifeDays: 0 }, `${at}.halfLifeDays: given 0; allowed: at least 1`],
    [{ halfLifeDays: -3 }, `${at}.halfLifeDays: given -3; allowed: at least 1`],
    [{ percent: -5, everyDays: 3 }, `${at}.percent: given -5; allowed: above 0`],
    [{ percent: 5, everyDays: 366 }, `${at}.everyDays: given 366; allowed: at most 365`],
    [{ halfLifeDays: 366 }, `${at}.halfLifeDays: given 366; allowed: at most 365`],
    [{ linearDays: 1.5 }, `${at}.linearDays: given 1.5; allowed: a whole number`],
    [{ halfLifeDays: 14, everyDays: 3 }, `${at}.everyDays: given 3; allowed: no such field here`],
    [14, `${at}: given 14; allowed: ${oneShape}`],
  ])('refuses %j', (decay, problem) => {
    expect(findProblems({ ...demo, decay })).toEqual([problem]);
  });

  it('refuses decay of what has no age', () => {
    const each = { each: { answering: 'contradictory' }, points: -5, max: 10, decay: halved };
    expect(findProblems(each)).toContainEqual(expect.stringContaining('no decay beside each answering'));
    const document = documentWith({ when: { answering: 'short' }, points: -5, decay: halved });
    const checked = checkModel({ ...document, answering: { short: { below: 3 } } });
    expect(checked.ok ? [] : checked.problems.map(showProblem)).toContainEqual(
      expect.stringContaining('nothing that this criterion reads has an age'),
    );
  });

  const findWarnings = (...criteria: readonly object[]): string[] =>
    checkModel(documentWith(...criteria))
      .warnings.map(showProblem)
      .filter((warning) => warning.startsWith('dimensions.interest'));
  const criterion = 'dimensions.interest.criteria[0]';
  const visits = (withinDays: number, decay: object) => ({
    each: { activity: 'page_visited', withinDays },
    points: 2,
    max: 10,
    decay,
  });

  it.each([
    ['a window as long as evenly falling points last', visits(90, { linearDays: 90 })],
    ['a window at the end of which a hundredth is left', visits(90, { halfLifeDays: 14 })],
    ['a year of halving', { ...demo, decay: { halfLifeDays: 365 } }],
    ['points that are gone within a year without a window', { ...demo, decay: { linearDays: 30 } }],
    [
      'a window beside other facts, which may be newer',
      {
        when: {
          any: [
            { activity: 'page_visited', withinDays: 90 },
            { attribute: 'region', is: 'north' },
          ],
        },
        points: 5,
        decay: { linearDays: 30 },
      },
    ],
  ])('has nothing to say about %s', (_, given) => {
    expect(findWarnings(given)).toEqual([]);
  });

  it.each([
    [
      'a window longer than the points last',
      visits(90, { linearDays: 40 }),
      `${criterion}.each.withinDays: given 90; allowed: at most 40; by its decay nothing is left of the points after 40 days`,
    ],
    [
      'a window of a condition that is longer than the points last',
      {
        when: { activity: 'demo_requested', withinDays: 90 },
        points: 5,
        decay: { percent: 50, everyDays: 30 },
      },
      `${criterion}.when.withinDays: given 90; allowed: at most 60; by its decay nothing is left of the points after 60 days`,
    ],
    [
      'points worth nothing before their window ends',
      visits(90, { halfLifeDays: 10 }),
      `${criterion}.decay: given {"halfLifeDays":10}; allowed: a decay that leaves 1 % of the points to the end of its window of 90 days; after 67 days less is left`,
    ],
    [
      'steps of which none falls within the window',
      visits(30, { percent: 50, everyDays: 30 }),
      `${criterion}.decay: given {"percent":50,"everyDays":30}; allowed: a decay that takes a hundredth of a point within 30 days, after which the facts no longer count; this one takes less`,
    ],
    [
      'steps of a year, after which facts no longer count',
      { ...demo, decay: { percent: 10, everyDays: 365 } },
      `${criterion}.decay: given {"percent":10,"everyDays":365}; allowed: a decay that takes a hundredth of a point within 365 days, after which the facts no longer count; this one takes less`,
    ],
    [
      'a decay of points for what is not known',
      { when: { attribute: 'region', known: false }, points: -5, decay: halved },
      `${criterion}.decay: given {"halfLifeDays":14}; allowed: a decay of points that are given for what is known; these are given for what is not`,
    ],
  ])('warns of %s', (_, given, warning) => {
    expect(findWarnings(given)).toEqual([warning]);
  });

  it('says exactly from when on less than a hundredth is left', () => {
    const { halfLifeDays } = { halfLifeDays: 10 };
    const weights = weightsOf({ halfLifeDays });
    expect(weights[66 * 24]).toBeGreaterThanOrEqual(fullWeight / 100);
    expect(weights[67 * 24]).toBeLessThan(fullWeight / 100);
  });

  const withTiers = (excellent: number, hysteresis: number, ...criteria: readonly object[]) => ({
    ...documentWith(...criteria),
    scorecards: Object.fromEntries(
      ['subscriber', 'lead', 'mql', 'sql', 'opportunity'].map((stage) => [stage, { interest: 1 }]),
    ),
    tiers: { excellent, good: 62, risky: 55, hysteresis },
  });
  const fifty = { when: { activity: 'demo_requested' }, points: 50 };

  it.each([
    ['evenly falling points', 0, { ...fifty, decay: { linearDays: 1 } }, 'at most 97.92'],
    ['hysteresis', 1, { ...fifty, decay: { linearDays: 1 } }, 'at most 98.92'],
  ])('warns of a tier that every lead loses within an hour, by %s', (_, hysteresis, given, allowed) => {
    const { warnings } = checkModel(withTiers(100, hysteresis, given));
    expect(warnings.map(showProblem)).toContain(
      `tiers.excellent: given 100; allowed: ${allowed}; by decay no lead scores more than 97.92 an hour after all was new, and loses this tier`,
    );
  });

  it.each([
    ['hysteresis holds it', withTiers(100, 3, { ...fifty, decay: { linearDays: 1 } })],
    ['steps come later', withTiers(100, 0, { ...fifty, decay: { percent: 90, everyDays: 1 } })],
    [
      'more times than it takes may have been counted',
      withTiers(100, 0, {
        each: { activity: 'page_visited' },
        points: 10,
        max: 50,
        decay: { linearDays: 1 },
      }),
    ],
    [
      'what gives the points has no age as long as nothing is known',
      withTiers(100, 0, {
        when: { not: { activity: 'demo_requested' } },
        points: 50,
        decay: { linearDays: 1 },
      }),
    ],
  ])('lets a tier be if %s', (_, document) => {
    expect(checkModel(document).warnings.filter(({ allowed }) => allowed.includes('an hour after'))).toEqual(
      [],
    );
  });

  it('counts on points that may have decayed to nothing: two criteria of one value may age apart', () => {
    const industry = (points: number, decay?: object) => ({
      when: { attribute: 'region', is: 'north' },
      points,
      ...(decay && { decay }),
    });
    // As long as both are new they give 30, and when the loss has aged 50.
    const checked = checkModel(withTiers(95, 0, industry(50), industry(-20, { linearDays: 1 })));
    expect(checked.ok).toBe(true);
    // And when the gain has aged, 30 of the 50 to begin with are left.
    const aged = withTiers(70, 0, industry(50, { linearDays: 1 }), industry(-20));
    const { warnings } = checkModel({ ...aged, tiers: { ...aged.tiers, risky: 45 } });
    expect(warnings.filter(({ path }) => path === 'tiers.risky')).toEqual([]);
  });
});
