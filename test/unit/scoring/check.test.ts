import { describe, expect, it } from 'vitest';
import { showProblem } from '../../../events/index.ts';
import { checkModel } from '../../../shared/scoring/index.ts';
import { readModelFile, smallDocument } from '../../support/models.ts';

const problems = (document: unknown): string[] => {
  const checked = checkModel(document);
  return checked.ok ? [] : checked.problems.map(showProblem);
};

// biome-ignore lint/suspicious/noExplicitAny: tests break documents in ways that types forbid
const broken = (breakIt: (document: any) => void): string[] => {
  const document = smallDocument();
  breakIt(document);
  return problems(document);
};

describe('a scoring model', () => {
  it.each(['success-ready', 'bant'])('%s, as shipped, is valid', (name) => {
    expect(problems(readModelFile(name))).toEqual([]);
  });

  it('says all its errors at once, also where one section is malformed and another contradicts itself', () => {
    const found = broken((document) => {
      document.tiers.good = 'high';
      document.scorecards.mql = { nothing: 0 };
      document.extra = 1;
    });
    expect(found).toEqual([
      'tiers.good: given "high"; allowed: a number',
      'extra: given 1; allowed: no such field here',
      'scorecards.mql.nothing: given the name "nothing"; allowed: a dimension of this model: interest, fit',
      'scorecards.mql: given {"nothing":0}; allowed: at least one weight above 0',
    ]);
  });

  it.each<[string, (document: ReturnType<typeof smallDocument>) => void, string]>([
    [
      'an unknown operator',
      (d) =>
        Object.assign(d.dimensions.fit.criteria[0] as object, { when: { attribute: 'x', matches: '.*' } }),
      'dimensions.fit.criteria[0].when.matches: given ".*"; allowed: no such field here',
    ],
    [
      'an unknown subject',
      (d) => Object.assign(d.dimensions.fit.criteria[0] as object, { when: { script: 'x', is: 1 } }),
      'dimensions.fit.criteria[0].when: given {"script":"x","is":1}; allowed: a condition: an object with one of all, any, not, some, attribute, answer, words, figures, lane, laneFigure, laneStanding, activity, outcome, answering, bant, bantMet, slide, demoReady',
    ],
    [
      'a window that no count by day reaches',
      (d) =>
        Object.assign(d.dimensions.fit.criteria[0] as object, { when: { activity: 'x', withinDays: 1000 } }),
      'dimensions.fit.criteria[0].when.withinDays: given 1000; allowed: at most 365',
    ],
    [
      'an id used twice',
      (d) => Object.assign(d.dimensions.fit.criteria[0] as object, { id: 'demo' }),
      'dimensions.fit.criteria[0].id: given "demo"; allowed: an id of its own; dimensions.interest.criteria[0].id has this one',
    ],
    [
      'tiers out of order',
      (d) => Object.assign(d.tiers, { good: 90 }),
      'tiers.excellent: given 80; allowed: more than tiers.good plus the hysteresis, 95',
    ],
    [
      'a promotion beyond mql',
      (d) => Object.assign(d.promotions[0] as object, { to: 'sql' }),
      'promotions[0].to: given "sql"; allowed: lead, mql',
    ],
    [
      'a question for BANT in a model without it',
      (d) => Object.assign(d.dimensions.fit.criteria[0] as object, { when: { bantMet: true } }),
      'dimensions.fit.criteria[0].when: given {"bantMet":true}; allowed: a condition without bant or bantMet, or a section bant in the model',
    ],
    [
      'points that are no number',
      (d) => Object.assign(d.dimensions.fit.criteria[0] as object, { points: 'many' }),
      'dimensions.fit.criteria[0].points: given "many"; allowed: a number',
    ],
    [
      'an unknown action',
      (d) => Object.assign(d.policy.rules[0] as object, { action: { kind: 'call' } }),
      'policy.rules[0].action.kind: given "call"; allowed: one of none, nurture, handoff',
    ],
  ])('is refused for %s', (_, breakIt, message) => expect(broken(breakIt)).toContain(message));

  it('is refused where it nests too deep or grows too large, without overflowing anything', () => {
    let deep: object = { activity: 'x' };
    for (let i = 0; i < 100_000; i++) deep = { not: deep };
    const nested = broken((document) => Object.assign(document.disqualifiers[0], { when: deep }));
    expect(nested).toEqual(['(the whole): given a deeper nesting; allowed: at most 40 levels']);
    const large = broken((document) => Object.assign(document, { description: 'x'.repeat(300_000) }));
    expect(large[0]).toContain('at most 262144 characters');
  });

  it('is refused where it holds more values than any model needs, before they are looked at one by one', () => {
    const many = {
      all: Array.from({ length: 50 }, () => ({ any: Array.from({ length: 250 }, () => ({ x: 1 })) })),
    };
    const found = broken((document) => Object.assign(document.disqualifiers[0], { when: many }));
    expect(found).toEqual(['(the whole): given more values; allowed: at most 10000 values']);
  });

  it('refuses a text or a name that no UTF-8 can have', () => {
    const text = JSON.stringify(smallDocument());
    for (const found of ['"interest":', '"executive"'])
      expect(problems(JSON.parse(text.replace(found, found.replace(/"(\w+)"/, '"$1\\ud800"'))))[0]).toMatch(
        /^\(the whole\): given the text .*; allowed: well-formed Unicode$/,
      );
  });

  it('is refused for names that would be dropped, and for text that could not be stored', () => {
    const text = JSON.stringify(smallDocument());
    expect(problems(JSON.parse(text.replace('"interest":', '"__proto__":')))).toEqual([
      '(the whole): given the name "__proto__"; allowed: names that begin with a letter',
    ]);
    const half = broken((document) => Object.assign(document, { title: 'half a \ud800 pair' }));
    expect(half[0]).toContain('well-formed Unicode');
  });

  it.each([undefined, null, 7, 'model', [], {}])('%j is refused', (document) => {
    expect(problems(document).length).toBeGreaterThan(0);
  });

  it('keeps names that objects inherit apart from its own', () => {
    expect(broken((document) => Object.assign(document.scorecards.mql, { constructor: 1 }))).toEqual([
      'scorecards.mql.constructor: given the name "constructor"; allowed: a dimension of this model: interest, fit',
    ]);
  });
});
