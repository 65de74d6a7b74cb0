import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import { createFactLayout } from '../../../shared/scoring/compile/fact-layout.ts';
import type { Condition } from '../../../shared/scoring/document/condition.ts';
import { slideParts } from '../../../shared/scoring/document/slide-parts.ts';
import { computeSituation, evaluate, type Facts, noFacts, read } from '../../../shared/scoring/index.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const at = Date.parse('2026-03-31T12:00:00Z');
const dayMs = 86_400_000;

type Given = Partial<Record<'attributes' | 'answers', Record<string, unknown>>>;

/** Facts of values, and of whole answers where a list of a value, an instant and so on is given. */
const buildFacts = ({ attributes = {}, answers = {} }: Given): Facts => ({
  ...noFacts,
  seen: at,
  attributes: Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, [value, at]]),
  ) as Facts['attributes'],
  answers: Object.fromEntries(
    Object.entries(answers).map(([name, value]) => [name, Array.isArray(value) ? value : [value, at]]),
  ) as unknown as Facts['answers'],
});

const document = {
  ...smallDocument(),
  questions: {
    budget: { kind: 'choice', text: 'Money?', values: ['approved', 'none'], steady: { withinDays: 10 } },
    months: { kind: 'number', text: 'When?', from: 0, steady: { tolerance: 3 } },
    need: { kind: 'choice', text: 'Need?', values: ['critical', 'none'], open: true },
    issue: { kind: 'text', text: 'Issue?' },
    worth: { kind: 'text', text: 'Worth?' },
    days: { kind: 'number', text: 'Days?', from: 0 },
  },
  slide: {
    threshold: 2,
    parts: Object.fromEntries(
      slideParts.map((part, i) => [
        part,
        {
          title: part,
          complete: i === 0 ? { words: 'issue', atLeast: 5 } : { figures: 'worth', atLeast: i },
          ...(i === 0 && { partial: { answer: 'issue', known: true } }),
        },
      ]),
    ),
  },
  lanes: [
    {
      id: 'big',
      title: 'Big',
      kind: 'core',
      when: { attribute: 'employees', atLeast: 1_000 },
      figures: { churnPercent: 10, revenue: 100, timeToValueDays: 40 },
    },
    {
      id: 'bank',
      title: 'Banks',
      kind: 'adjacent',
      pursue: true,
      when: { attribute: 'industry', is: 'bank' },
      figures: { churnPercent: 5, revenue: 50 },
    },
    {
      id: 'school',
      title: 'Schools',
      kind: 'avoid',
      when: { attribute: 'industry', is: 'school' },
      figures: { churnPercent: 30, revenue: 10 },
    },
  ],
  answering: {
    short: { below: 3 },
    long: { from: 20 },
    specific: { words: 4, figures: 1 },
    contradictions: [
      {
        id: 'money-no-need',
        text: 'has money and no need',
        when: {
          all: [
            { answer: 'budget', is: 'approved' },
            { answer: 'need', is: 'none' },
          ],
        },
      },
    ],
  },
};
const model = compileDocument(document);

const computeTruth = (condition: Condition, given: Given): string => {
  const test = compileCondition(condition, createFactLayout(model.document.questions));
  return ['no', 'yes', 'unknown'][test(read(model, buildFacts(given), at))] as string;
};
const truths = (rows: readonly (readonly [Condition, Given, string])[]) =>
  it.each(rows.map(([condition, given, truth]) => [condition, given, truth] as const))(
    '%j of %j is %s',
    (condition, given, truth) => expect(computeTruth(condition, given)).toBe(truth),
  );

describe('words and figures of an answer', () => {
  truths([
    [{ words: 'issue', atLeast: 5 }, {}, 'unknown'],
    [{ words: 'issue', atLeast: 5 }, { answers: { issue: ['said', at, [5, 0]] } }, 'yes'],
    [{ words: 'issue', atLeast: 5 }, { answers: { issue: ['said', at, [4, 0]] } }, 'no'],
    // A value is in words where words are asked for, and not where a choice is.
    [{ words: 'issue', is: 4 }, { answers: { issue: 'two days a month' } }, 'yes'],
    [{ figures: 'issue', is: 2 }, { answers: { issue: 'Q3-2026' } }, 'yes'],
    [{ words: 'need', atLeast: 1 }, { answers: { need: 'really critical' } }, 'unknown'],
    [{ words: 'issue', atMost: 1 }, { answers: { issue: 'growth' } }, 'yes'],
    [{ words: 'need', atMost: 1 }, { answers: { need: 'critical' } }, 'unknown'],
    [{ words: 'need', atMost: 1 }, { answers: { need: ['critical', at, [9, 0]] } }, 'no'],
    [{ figures: 'worth', atLeast: 1 }, { answers: { worth: ['said', at, [5, 1]] } }, 'yes'],
    [{ figures: 'worth', atLeast: 1 }, { answers: { worth: [null, at] } }, 'unknown'],
    [{ words: 'issue', known: false }, {}, 'yes'],
  ]);
});

describe('some of several conditions', () => {
  const some = (atLeast: number): Condition => ({
    some: [
      { attribute: 'a', is: 1 },
      { attribute: 'b', is: 1 },
      { attribute: 'c', is: 1 },
    ],
    atLeast,
  });
  truths([
    [some(2), { attributes: { a: 1, b: 1 } }, 'yes'],
    [some(2), { attributes: { a: 1 } }, 'unknown'],
    [some(2), { attributes: { a: 1, b: 0 } }, 'unknown'],
    [some(2), { attributes: { a: 0, b: 0 } }, 'no'],
    [some(3), { attributes: { a: 0 } }, 'no'],
    [some(1), { attributes: { c: 1 } }, 'yes'],
  ]);
});

describe('the situation slide', () => {
  const issue = (words: number): Given => ({ answers: { issue: ['said', at, [words, 0]] } });
  truths([
    [{ slide: 'titleAndIndustry', is: 'missing' }, {}, 'yes'],
    [{ slide: 'titleAndIndustry', is: 'complete' }, {}, 'unknown'],
    [{ slide: 'titleAndIndustry', is: 'complete' }, issue(5), 'yes'],
    [{ slide: 'titleAndIndustry', is: 'partial' }, issue(4), 'yes'],
    [{ slide: 'titleAndIndustry', is: 'complete' }, issue(4), 'no'],
    [{ slide: 'titleAndIndustry', is: 'missing' }, issue(4), 'no'],
    [{ demoReady: true }, {}, 'unknown'],
    [{ demoReady: false }, {}, 'unknown'],
    [{ demoReady: true }, { answers: { issue: ['x y', at, [9, 0]], worth: ['x', at, [9, 1]] } }, 'yes'],
    // One complete and the rest known to be missing.
    [{ demoReady: true }, { answers: { issue: ['x y', at, [9, 0]], worth: ['x', at, [9, 0]] } }, 'no'],
    // A partial part counts one half.
    [{ demoReady: true }, { answers: { issue: ['x y', at, [2, 0]], worth: ['x', at, [9, 2]] } }, 'yes'],
  ]);

  it('counts a partial part as the model says', () => {
    const given = buildFacts({ answers: { issue: ['x y', at, [2, 0]], worth: ['x', at, [9, 1]] } });
    expect(read(model, given, at).found.slideParts).toBe(1.5);
    const whole = compileDocument({ ...document, slide: { ...document.slide, partialCounts: 1 } });
    expect(computeSituation(whole, given, at).demoReady).toBe(true);
  });
});

describe('the lane', () => {
  truths([
    [{ lane: 'id', is: 'big' }, { attributes: { employees: 2_000 } }, 'yes'],
    // Both hold: the first of the model's wins.
    [{ lane: 'id', is: 'bank' }, { attributes: { employees: 2_000, industry: 'bank' } }, 'no'],
    [{ lane: 'id', is: 'bank' }, { attributes: { employees: 10, industry: 'bank' } }, 'yes'],
    [{ lane: 'id', is: 'none' }, { attributes: { employees: 10, industry: 'farm' } }, 'yes'],
    [{ lane: 'id', is: 'none' }, { attributes: { employees: 10 } }, 'unknown'],
    [{ lane: 'kind', in: ['core', 'adjacent'] }, { attributes: { employees: 10, industry: 'bank' } }, 'yes'],
    [{ lane: 'kind', is: 'none' }, { attributes: { employees: 10, industry: 'farm' } }, 'yes'],
    [{ lane: 'pursued', is: true }, { attributes: { employees: 2_000 } }, 'yes'],
    [{ lane: 'pursued', is: true }, { attributes: { employees: 1, industry: 'bank' } }, 'yes'],
    [{ lane: 'pursued', is: true }, { attributes: { employees: 1, industry: 'school' } }, 'no'],
    [{ lane: 'pursued', is: false }, { attributes: { employees: 1, industry: 'farm' } }, 'yes'],
    [{ laneFigure: 'churnPercent', below: 8 }, { attributes: { employees: 1, industry: 'bank' } }, 'yes'],
    [{ laneFigure: 'margin', above: 0 }, { attributes: { employees: 2_000 } }, 'no'],
    [{ laneFigure: 'churnPercent', below: 8 }, {}, 'unknown'],
    // Of churn, less is better: 10 is four fifths of the way from 30 to 5. Of revenue more is.
    [{ laneStanding: 'churnPercent', is: 80 }, { attributes: { employees: 2_000 } }, 'yes'],
    [{ laneStanding: 'churnPercent', is: 0 }, { attributes: { employees: 1, industry: 'school' } }, 'yes'],
    [{ laneStanding: 'revenue', is: 100 }, { attributes: { employees: 2_000 } }, 'yes'],
    // One lane alone states it, so all are alike.
    [{ laneStanding: 'timeToValueDays', is: 50 }, { attributes: { employees: 2_000 } }, 'yes'],
    [
      { answer: 'days', relativeTo: 'timeToValueDays', is: 0.5 },
      { attributes: { employees: 2_000 }, answers: { days: 20 } },
      'yes',
    ],
    [
      { answer: 'days', relativeTo: 'timeToValueDays', atLeast: 1 },
      { attributes: { employees: 2_000 } },
      'unknown',
    ],
    [
      { answer: 'days', relativeTo: 'timeToValueDays', atLeast: 0 },
      { attributes: { employees: 1, industry: 'bank' }, answers: { days: 20 } },
      'no',
    ],
    [{ answer: 'days', relativeTo: 'timeToValueDays', atLeast: 0 }, { answers: { days: 20 } }, 'unknown'],
  ]);
});

describe('figures with decimals', () => {
  const lane = (id: string, churnPercent: number, timeToValueDays: number) => ({
    id,
    title: id,
    kind: 'core',
    when: { attribute: 'size', is: id },
    figures: { churnPercent, timeToValueDays },
  });
  const lanes = [lane('low', 0.1, 10), lane('middle', 0.2, 109), lane('high', 0.3, 24)];
  const decimals = compileDocument({ ...document, lanes });
  const holds = (condition: Condition, given: Given) =>
    compileCondition(condition, createFactLayout())(read(decimals, buildFacts(given), at)) === 1;

  it('come to the standing and the share that they come to on paper', () => {
    const middle = { attributes: { size: 'middle' }, answers: { days: 130.8 } };
    expect(holds({ laneStanding: 'churnPercent', is: 50 }, middle)).toBe(true);
    expect(holds({ answer: 'days', relativeTo: 'timeToValueDays', is: 1.2 }, middle)).toBe(true);
  });
});

describe('a part of the slide that asks for two things', () => {
  const both = {
    all: [
      { answer: 'a', is: 'yes' },
      { answer: 'b', is: 'yes' },
    ],
  };
  const buildParts = (first: object) =>
    Object.fromEntries(
      slideParts.map((part, i) => [
        part,
        { title: part, ...(i === 0 ? first : { complete: { answer: 'c', is: 'yes' } }) },
      ]),
    );
  const ready = (first: object, answers: Record<string, string>) => {
    const { questions: _, ...others } = document;
    const withParts = compileDocument({ ...others, slide: { threshold: 1, parts: buildParts(first) } });
    return computeSituation(withParts, buildFacts({ answers: { c: 'no', ...answers } }), at).demoReady;
  };

  it('is decided as soon as one of them rules it out', () => {
    expect(ready({ complete: both }, { a: 'no' })).toBe(false);
    expect(ready({ complete: both }, { a: 'yes' })).toBe(undefined);
    expect(ready({ complete: both }, { a: 'yes', b: 'yes' })).toBe(true);
  });

  it('is open for what it can still become, and no more', () => {
    const halved = { complete: { answer: 'a', is: 'yes' }, partial: { answer: 'b', is: 'yes' } };
    expect(ready(halved, { a: 'no' })).toBe(false);
    expect(ready(halved, {})).toBe(undefined);
  });

  it('is open where it asks whether something is known', () => {
    expect(ready({ complete: { answer: 'a', known: true } }, {})).toBe(undefined);
    expect(ready({ complete: { answer: 'a', known: true } }, { a: 'x' })).toBe(true);
  });
});

describe('how a lead answers', () => {
  const early = at - 5 * dayMs;
  const long = at - 50 * dayMs;
  truths([
    [{ answering: 'short' }, {}, 'unknown'],
    [{ answering: 'short' }, { answers: { issue: ['x', at, [2, 0]] } }, 'yes'],
    [{ answering: 'short' }, { answers: { issue: ['x', at, [3, 0]] } }, 'no'],
    [
      { answering: 'short', atLeast: 2 },
      { answers: { issue: ['x', at, [2, 0]], worth: ['x', at, [1, 0]] } },
      'yes',
    ],
    // A choice that was ticked is nobody's words; one that was spoken is.
    [{ answering: 'short' }, { answers: { need: 'critical' } }, 'unknown'],
    [{ answering: 'short' }, { answers: { need: ['critical', at, [1, 0]] } }, 'yes'],
    [{ answering: 'long' }, { answers: { issue: ['x', at, [20, 0]] } }, 'yes'],
    [{ answering: 'specific' }, { answers: { issue: ['x', at, [4, 1]] } }, 'yes'],
    [{ answering: 'specific' }, { answers: { issue: ['x', at, [3, 1]] } }, 'no'],
    [{ answering: 'specific' }, { answers: { issue: ['x', at, [4, 0]] } }, 'no'],
    [{ answering: 'contradictory' }, {}, 'no'],
    [
      { answering: 'contradictory' },
      { answers: { budget: ['none', at, null, [['approved', early]]] } },
      'yes',
    ],
    // Too far apart to contradict: within 10 days counts.
    [{ answering: 'contradictory' }, { answers: { budget: ['none', at, null, [['approved', long]]] } }, 'no'],
    [{ answering: 'contradictory' }, { answers: { months: [6, at, null, [[9, long]]] } }, 'no'],
    [{ answering: 'contradictory' }, { answers: { months: [6, at, null, [[10, long]]] } }, 'yes'],
    [{ answering: 'contradictory' }, { answers: { months: [null, at, null, [[10, long]]] } }, 'no'],
    // Not steady: anybody may change their mind.
    [{ answering: 'contradictory' }, { answers: { days: [6, at, null, [[100, early]]] } }, 'no'],
    [{ answering: 'contradictory' }, { answers: { budget: 'approved', need: 'none' } }, 'yes'],
    [
      { answering: 'contradictory', atLeast: 2 },
      { answers: { budget: ['approved', at, null, [['none', early]]], need: 'none' } },
      'yes',
    ],
  ]);
});

describe('criteria over what is worked out', () => {
  const withCriterion = (criterion: object) =>
    compileDocument({
      ...document,
      tiers: { excellent: 52, good: 51, risky: 1 },
      dimensions: {
        ...document.dimensions,
        fit: { title: 'Fit', base: 50, criteria: [{ id: 'c', text: 'is so', ...criterion }] },
      },
    });
  const computeWithCriterion = (criterion: object, given: Given) => {
    const { dimensions, coverage } = evaluate(withCriterion(criterion), buildFacts(given), 'sql', at);
    return [dimensions[1], coverage];
  };

  it.each<[string, object, Given, [number, number]]>([
    [
      'give points for a part of the slide',
      { of: { slide: 'titleAndIndustry' }, table: { complete: 20, partial: 5 } },
      { answers: { issue: ['x', at, [9, 0]] } },
      [70, 1],
    ],
    [
      'know nothing of a part that nobody has asked for',
      { of: { slide: 'titleAndIndustry' }, table: { complete: 20, missing: -20 } },
      {},
      [50, 0],
    ],
    [
      'take points for a part that was asked for and is missing',
      { of: { slide: 'delta' }, table: { complete: 20, missing: -20 } },
      { answers: { worth: ['x', at, [1, 0]] } },
      [30, 1],
    ],
    [
      'look a lane up',
      { of: { lane: 'id' }, table: { big: 10, none: -10 } },
      { attributes: { employees: 1, industry: 'farm' } },
      [40, 1],
    ],
    [
      'band a standing',
      { of: { laneStanding: 'churnPercent' }, bands: [{ from: 50, points: 30 }] },
      { attributes: { employees: 2_000 } },
      [80, 1],
    ],
    [
      'give 0, and are known, where there is no lane',
      { of: { laneFigure: 'revenue' }, bands: [{ from: 0, points: 30 }] },
      { attributes: { employees: 1, industry: 'farm' } },
      [50, 1],
    ],
    [
      'band a value by what is usual in the lane',
      {
        of: { answer: 'days', relativeTo: 'timeToValueDays' },
        bands: [
          { from: 1, points: 7 },
          { from: 0, points: -7 },
        ],
      },
      { attributes: { employees: 2_000 }, answers: { days: 39 } },
      [43, 1],
    ],
    [
      'count answers, up to their most',
      { each: { answering: 'short' }, points: -4, max: 6 },
      { answers: { issue: 'x', worth: 'y' } },
      [44, 1],
    ],
    [
      'count nothing before there is an answer',
      { each: { answering: 'short' }, points: -4, max: 6 },
      {},
      [50, 0],
    ],
    [
      'band words',
      { of: { words: 'issue' }, bands: [{ from: 5, points: 9 }] },
      { answers: { issue: ['x', at, [6, 0]] } },
      [59, 1],
    ],
  ])('%s', (_, criterion, given, expected) =>
    expect(computeWithCriterion(criterion, given)).toEqual(expected),
  );
});
