import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const errorsAfter = (breakIt: BreakIt) => foundAfter(breakIt).errors;
const path = 'dimensions.fit.criteria';

describe('what is worked out of facts is not asked for while it is worked out', () => {
  it.each<[string, BreakIt, string]>([
    [
      'BANT by a letter',
      (document) => {
        document.bant.letters.need.pass = { bant: 'budget', is: 'pass' };
      },
      'bant.letters.need.pass: given {"bant":"budget","is":"pass"}; allowed: a condition that does not itself ask for BANT',
    ],
    [
      'BANT by a lane, within another condition',
      (document) => {
        document.lanes[0].when = { all: [{ attribute: 'employees', atLeast: 500 }, { bantMet: true }] };
      },
      'lanes[0].when.all[1]: given {"bantMet":true}; allowed: a condition that does not itself ask for BANT',
    ],
    [
      'the lane by the slide',
      (document) => {
        document.slide.parts.delta.complete = { not: { lane: 'kind', is: 'avoid' } };
      },
      'slide.parts.delta.complete.not: given {"lane":"kind","is":"avoid"}; allowed: a condition that does not itself ask for the lane',
    ],
    [
      'what is usual in the lane by a letter',
      (document) => {
        document.bant.letters.timeframe.fail = { answer: 'months', relativeTo: 'timeToValueDays', above: 1 };
      },
      'bant.letters.timeframe.fail: given {"answer":"months","relativeTo":"timeToValueDays","above":1}; allowed: a condition that does not itself ask for the lane',
    ],
    [
      'the slide by a contradiction',
      (document) => {
        document.answering.contradictions[0].when = { demoReady: true };
      },
      'answering.contradictions[0].when: given {"demoReady":true}; allowed: a condition that does not itself ask for the slide',
    ],
    [
      'how the lead answers by a lane',
      (document) => {
        document.lanes[1].when = { answering: 'short' };
      },
      'lanes[1].when: given {"answering":"short"}; allowed: a condition that does not itself ask for how the lead answers',
    ],
  ])('%s', (_, breakIt, error) => expect(errorsAfter(breakIt)).toEqual([error]));
});

describe('what is asked for has a section', () => {
  it.each<[string, string, string[]]>([
    [
      'BANT',
      'bant',
      [
        `${path}[4].when: given {"bantMet":true}; allowed: a condition without bant or bantMet, or a section bant in the model`,
      ],
    ],
    [
      'the slide, also where the policy asks',
      'slide',
      [
        `${path}[3].when: given {"demoReady":true}; allowed: a condition without slide or demoReady, or a section slide in the model`,
        'policy.rules[0].when: given {"demoReady":true}; allowed: a condition without slide or demoReady, or a section slide in the model',
      ],
    ],
    [
      'lanes',
      'lanes',
      [
        `${path}[2].when: given {"lane":"kind","is":"core"}; allowed: a condition without lane, laneFigure, laneStanding or relativeTo, or a section lanes in the model`,
      ],
    ],
    [
      'how leads answer',
      'answering',
      [
        `${path}[5].each.answering: given "short"; allowed: what the model can say of answers; for this it needs the rule answering.short`,
      ],
    ],
  ])('%s', (_, section, errors) => {
    expect(
      errorsAfter((document) => {
        delete document[section];
      }),
    ).toEqual(errors);
  });

  it('and lanes that are none are no section', () => {
    const found = errorsAfter((document) => {
      document.lanes = [];
      document.dimensions.fit.criteria[1].of = { laneFigure: 'churnPercent' };
    });
    expect(found).toEqual([
      `${path}[2].when: given {"lane":"kind","is":"core"}; allowed: a condition without lane, laneFigure, laneStanding or relativeTo, or a section lanes in the model`,
      `${path}[1].of: given {"laneFigure":"churnPercent"}; allowed: a value without lane, laneFigure, laneStanding or relativeTo, or a section lanes in the model`,
    ]);
  });
});

describe('how leads answer', () => {
  it('is judged by rules that are there', () => {
    expect(
      errorsAfter((document) => {
        document.dimensions.fit.criteria[6].when = { answering: 'specific' };
        document.dimensions.fit.criteria[5].each = { answering: 'long' };
      }),
    ).toEqual([
      `${path}[6].when.answering: given "specific"; allowed: what the model can say of answers; for this it needs the rule answering.specific`,
      `${path}[5].each.answering: given "long"; allowed: what the model can say of answers; for this it needs the rule answering.long`,
    ]);
  });

  it('is judged of open questions', () => {
    expect(
      errorsAfter((document) => {
        document.questions.issue.open = false;
      }),
    ).toEqual([
      `${path}[5].each.answering: given "short"; allowed: what the model can say of answers; for this it needs a question that is open`,
    ]);
  });

  it('is contradictory by steady questions or contradictions, and needs one of them', () => {
    const without =
      (...parts: ('steady' | 'contradictions')[]): BreakIt =>
      (document) => {
        if (parts.includes('steady')) delete document.questions.budget.steady;
        if (parts.includes('contradictions')) document.answering.contradictions = [];
      };
    expect(errorsAfter(without('steady'))).toEqual([]);
    expect(errorsAfter(without('contradictions'))).toEqual([]);
    expect(errorsAfter(without('steady', 'contradictions'))).toEqual([
      `${path}[6].when.answering: given "contradictory"; allowed: what the model can say of answers; for this it needs a question that is steady, or answering.contradictions`,
    ]);
  });

  it('is not short and long at once', () => {
    expect(
      errorsAfter((document) => {
        document.answering.long = { from: 2 };
      }),
    ).toEqual([
      'answering.long.from: given 2; allowed: at least answering.short.below, 3: no answer is both short and long',
    ]);
  });
});
