import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const demo =
  (points: number): BreakIt =>
  (document) => {
    document.dimensions.interest.criteria[0].points = points;
  };
const both =
  (...changes: BreakIt[]): BreakIt =>
  (document) => {
    for (const change of changes) change(document);
  };
const tiers =
  (given: object): BreakIt =>
  (document) =>
    Object.assign(document.tiers, given);
const buildFit =
  (criteria: object[]): BreakIt =>
  (document) => {
    document.dimensions.fit = {
      title: 'Fit',
      criteria: criteria.map((criterion, i) => ({ id: `f${i}`, text: 'is so', ...criterion })),
    };
    document.scorecards = Object.fromEntries(
      ['subscriber', 'lead', 'mql', 'sql', 'opportunity'].map((stage) => [stage, { fit: 1 }]),
    );
  };
const outOfReach = (best: number) =>
  `tiers.excellent: given 70; allowed: at most ${best}, the best score that any stage can give`;

describe('a tier', () => {
  it('that no stage can give is refused, with the best that one can', () => {
    const small: BreakIt = (document) => {
      document.dimensions.fit.criteria.splice(1);
      document.dimensions.fit.base = 0;
    };
    const found = foundAfter(both(small, demo(20), tiers({ excellent: 60, good: 45, risky: 30 })));
    expect(found.errors).toEqual([
      'tiers.excellent: given 60; allowed: at most 50, the best score that any stage can give',
    ]);
  });

  it('that one stage cannot give is warned of there, by the lowest that it cannot', () => {
    const found = foundAfter(
      both(demo(5), (document) => {
        document.scorecards.subscriber = { interest: 1 };
      }),
    );
    expect(found).toEqual({
      errors: [],
      warnings: [
        'scorecards.subscriber: given a best score of 45; allowed: 50 or more, where tier good begins; nobody comes to it at this stage',
      ],
    });
  });

  it('that every lead is in is warned of', () => {
    const found = foundAfter((document) => {
      document.dimensions.interest.base = 40;
      document.dimensions.fit.base = 70;
    });
    expect(found.warnings).toEqual([
      'tiers.risky: given 30; allowed: above 40, the least score that any stage can give',
    ]);
  });
});

describe('the best score', () => {
  const is = (value: string, points: number) => ({ when: { answer: 'budget', is: value }, points });

  it.each<[string, object[], number]>([
    [
      'takes of criteria over one answer the best that go together',
      [is('approved', 40), is('planned', 50), is('none', 10)],
      50,
    ],
    [
      'adds up criteria that hold together',
      [is('approved', 40), { when: { answer: 'budget', in: ['approved', 'none'] }, points: 25 }],
      65,
    ],
    [
      'weighs a band against a condition on the same number',
      [
        {
          of: { answer: 'months' },
          bands: [
            { from: 0, points: 50 },
            { from: 12, points: 10 },
          ],
        },
        { when: { answer: 'months', atLeast: 12 }, points: 30 },
      ],
      50,
    ],
    [
      'weighs a count against a bound on it',
      [
        { each: { activity: 'page_visited' }, points: 10, max: 60 },
        { when: { activity: 'page_visited', atLeast: 4 }, points: -25 },
      ],
      35,
    ],
    [
      'weighs windows of one activity',
      [
        { when: { activity: 'page_visited', withinDays: 7 }, points: 20 },
        {
          when: {
            all: [{ activity: 'page_visited' }, { not: { activity: 'page_visited', withinDays: 30 } }],
          },
          points: 30,
        },
      ],
      30,
    ],
    [
      'weighs lanes against each other',
      [
        { of: { lane: 'id' }, table: { large: 10, small: 40 } },
        { of: { laneStanding: 'churnPercent' }, bands: [{ from: 100, points: 35 }] },
      ],
      45,
    ],
    [
      'gives other criteria the benefit of the doubt',
      [
        is('approved', 40),
        { when: { all: [{ answer: 'budget', is: 'none' }, { bantMet: true }] }, points: 20 },
      ],
      60,
    ],
  ])('%s', (_, criteria, best) => {
    expect(foundAfter(buildFit(criteria)).errors).toEqual([
      outOfReach(best),
      ...(best < 50 ? [expect.stringContaining('tiers.good')] : []),
    ]);
  });

  it.each<[string, object]>([
    ['within a window', { activity: 'page_visited', per: 'day', withinDays: 60 }],
    ['at any time', { activity: 'page_visited', per: 'day' }],
  ])('counts as many days as a criterion caps %s', (_, each) => {
    expect(foundAfter(buildFit([{ each, points: 5, max: 100 }])).errors).toEqual([]);
    expect(foundAfter(buildFit([{ each, points: 5, max: 60 }])).errors).toEqual([outOfReach(60)]);
    const lowered = both(buildFit([is('approved', 20), { each, points: -5, max: 100 }]), (document) => {
      document.dimensions.fit.base = 60;
    });
    const { errors, warnings } = foundAfter(lowered);
    expect([...errors, ...warnings].filter((problem) => problem.startsWith('tiers'))).toEqual([]);
  });

  it('is not above 100, nor cut to less', () => {
    expect(foundAfter(both(buildFit([is('approved', 500)]), tiers({ excellent: 100 }))).errors).toEqual([]);
  });
});

describe('what nothing follows from is warned of', () => {
  it.each<[string, BreakIt, string]>([
    [
      'a question',
      (document) => {
        document.questions.spare = { kind: 'yesNo', text: 'Anything else?' };
      },
      'questions.spare: given "spare"; allowed: a question whose answer changes something; nothing reads this one',
    ],
    [
      'a dimension',
      (document) => {
        document.dimensions.other = {
          title: 'Other',
          criteria: [{ id: 'other', text: 'is so', when: { bantMet: true }, points: 1 }],
        };
        document.scorecards.sql.other = 0;
      },
      'dimensions.other: given "other"; allowed: a dimension that some scorecard weighs; this one never counts',
    ],
    [
      'a criterion',
      (document) => {
        document.dimensions.fit.criteria[0].table = { executive: 0 };
        delete document.dimensions.fit.criteria[0].otherwise;
      },
      'dimensions.fit.criteria[0]: given "role"; allowed: a criterion that gives points; this one never does',
    ],
  ])('%s', (_, breakIt, warning) => expect(foundAfter(breakIt)).toEqual({ errors: [], warnings: [warning] }));

  it('but a question counts that is open or steady, where somebody asks how leads answer', () => {
    const found = foundAfter((document) => {
      document.questions.open = { kind: 'text', text: 'And else?' };
      document.questions.steady = { kind: 'yesNo', text: 'Sure?', steady: {} };
    });
    expect(found.warnings).toEqual([]);
  });
});
