import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const path = 'dimensions.fit.criteria[4].when';
const when =
  (condition: object): BreakIt =>
  (document) =>
    Object.assign(document.dimensions.fit.criteria[4], { when: condition });

describe('a value that nothing can have is refused', () => {
  it.each<[string, object, string, unknown, string]>([
    [
      'of a choice',
      { answer: 'budget', is: 'aproved' },
      'is',
      'aproved',
      'a value of the question budget; did you mean "approved"?',
    ],
    [
      'of a choice, among others',
      { attribute: 'seniority', notIn: ['manager', 'boss'] },
      'notIn[1]',
      'boss',
      'a value of the attribute seniority: "executive", "manager", "other"',
    ],
    ['of another type', { answer: 'months', is: 'six' }, 'is', 'six', 'a number from 0 to 36'],
    ['a number as text out of range', { answer: 'months', is: '60' }, 'is', '60', 'a number from 0 to 36'],
    ['of yes and no', { answer: 'decides', isNot: 'yes' }, 'isNot', 'yes', 'true, false'],
    ['out of range', { answer: 'months', in: [3, 60] }, 'in[1]', 60, 'a number from 0 to 36'],
    [
      'a bound that all or none are beyond',
      { answer: 'months', above: 36 },
      'above',
      36,
      'a bound that a number from 0 to 36 can pass',
    ],
    [
      'a bound below the range',
      { attribute: 'employees', below: 1 },
      'below',
      1,
      'a bound that a number from 1 can pass',
    ],
    [
      'an entry of a list',
      { answer: 'tools', contains: 'biling' },
      'contains',
      'biling',
      'a value of the question tools; did you mean "Billing"?',
    ],
    ['a lane', { lane: 'id', is: 'larg' }, 'is', 'larg', 'a lane of this model; did you mean "large"?'],
    ['a kind of lane', { lane: 'kind', in: ['cor'] }, 'in[0]', 'cor', 'a kind of lane; did you mean "core"?'],
    ['whether a lane is pursued', { lane: 'pursued', is: 'no' }, 'is', 'no', 'true, false'],
    ['text for a count', { words: 'issue', is: 'many' }, 'is', 'many', 'a number from 0'],
    [
      'text for a figure of the lane',
      { laneFigure: 'churnPercent', is: 'low' },
      'is',
      'low',
      'a number, or "none"',
    ],
  ])('%s', (_, condition, field, given, allowed) => {
    expect(foundAfter(when(condition)).errors).toEqual([
      `${path}.${field}: given ${JSON.stringify(given)}; allowed: ${allowed}`,
    ]);
  });

  it.each<[string, object]>([
    ['a value of a choice', { answer: 'budget', in: ['planned', 'none'] }],
    ['a value of a choice in another case', { answer: 'budget', is: 'Planned' }],
    ['a number within the range', { answer: 'months', is: 36 }],
    ['the text of a number within the range', { answer: 'months', is: '36' }],
    ['the text of yes or no', { answer: 'decides', is: 'True' }],
    ['an entry of a list in other letters', { answer: 'tools', contains: 'billing' }],
    ['no lane', { lane: 'id', isNot: 'none' }],
    ['no figure, in no lane', { laneFigure: 'timeToValueDays', isNot: 'none' }],
    ['a quotient', { answer: 'months', relativeTo: 'timeToValueDays', atLeast: 0.5 }],
  ])('%s is not', (_, condition) => expect(foundAfter(when(condition)).errors).toEqual([]));
});

describe('an operator that is meant for other values is refused', () => {
  it.each<[string, object, string, string]>([
    [
      'a bound of a choice',
      { answer: 'budget', atLeast: 3 },
      'atLeast: given 3',
      'is, isNot, in, notIn, contains, hasWord, startsWith, endsWith, known; the question budget is a choice',
    ],
    [
      'a part of a number',
      { attribute: 'employees', contains: '3' },
      'contains: given "3"',
      'is, isNot, in, notIn, atLeast, atMost, above, below, known; the attribute employees is a number',
    ],
    [
      'equality of a list',
      { answer: 'tools', is: 'CRM' },
      'is: given "CRM"',
      'contains, hasWord, known; the question tools is a list',
    ],
    [
      'a bound of text',
      { attribute: 'jobTitle', below: 3 },
      'below: given 3',
      'is, isNot, in, notIn, contains, hasWord, startsWith, endsWith, known; the attribute jobTitle is text',
    ],
    [
      'a bound of yes and no',
      { answer: 'decides', atMost: 1 },
      'atMost: given 1',
      'is, isNot, in, notIn, known; the question decides is yes or no',
    ],
    [
      'a part of a standing',
      { laneStanding: 'churnPercent', startsWith: 'n' },
      'startsWith: given "n"',
      "is, isNot, in, notIn, atLeast, atMost, above, below, known; a lane's standing is a number",
    ],
    [
      'a quotient of text',
      { answer: 'budget', relativeTo: 'timeToValueDays', atLeast: 1 },
      'relativeTo: given "timeToValueDays"',
      'no figure to divide by; the question budget is a choice, not a number',
    ],
    [
      'more conditions than there are',
      { some: [{ answer: 'decides', is: true }], atLeast: 2 },
      'atLeast: given 2',
      'at most 1, so many conditions there are',
    ],
    [
      'counts that exclude each other',
      { activity: 'demo_requested', atLeast: 3, atMost: 2 },
      'atMost: given 2',
      'at least 3, which atLeast asks for',
    ],
    [
      'a figure that no lane states',
      { laneFigure: 'margin', atLeast: 1 },
      'laneFigure: given "margin"',
      'a figure that a lane of this model states: churnPercent, timeToValueDays',
    ],
    [
      'a quotient by a figure that no lane states',
      { answer: 'months', relativeTo: 'revenue', atLeast: 1 },
      'relativeTo: given "revenue"',
      'a figure that a lane of this model states: churnPercent, timeToValueDays',
    ],
  ])('%s', (_, condition, given, allowed) => {
    expect(foundAfter(when(condition)).errors).toEqual([`${path}.${given}; allowed: ${allowed}`]);
  });

  it('but a choice of numbers has bounds', () => {
    const found = foundAfter((document) => {
      document.questions.budget.values = [10, 20, 30];
      document.questions.budget.steady = { tolerance: 5 };
      document.bant.letters.budget.pass = { answer: 'budget', atLeast: 20 };
      document.disqualifiers.shift();
      document.answering.contradictions = [];
    });
    expect(found.errors).toEqual([]);
  });
});

describe('tables and bands', () => {
  const table =
    (of: object, points: object): BreakIt =>
    (document) =>
      Object.assign(document.dimensions.fit.criteria[0], { of, table: points });
  const bands =
    (of: object, ...froms: number[]): BreakIt =>
    (document) =>
      Object.assign(document.dimensions.fit.criteria[1], {
        of,
        bands: froms.map((from) => ({ from, points: from })),
      });

  it.each<[string, BreakIt, string[]]>([
    [
      'lack a value',
      table({ attribute: 'seniority' }, { executve: 40, boss: 1 }),
      [
        'dimensions.fit.criteria[0].table.executve: given the name "executve"; allowed: a value of the attribute seniority; did you mean executive?',
        'dimensions.fit.criteria[0].table.boss: given the name "boss"; allowed: a value of the attribute seniority: executive, manager, other',
      ],
    ],
    [
      'lack a number that is written as it is read',
      table({ answer: 'months' }, { '06': 40, '6': 1, '99': 2 }),
      [
        'dimensions.fit.criteria[0].table.99: given the name "99"; allowed: a number from 0 to 36',
        'dimensions.fit.criteria[0].table.06: given the name "06"; allowed: a number from 0 to 36',
      ],
    ],
    [
      'lack a lane',
      table({ lane: 'id' }, { large: 40, huge: 1, none: -5 }),
      [
        'dimensions.fit.criteria[0].table.huge: given the name "huge"; allowed: a lane of this model: large, small, none',
      ],
    ],
    [
      'lack a status of the slide',
      table({ slide: 'delta' }, { complet: 40, missing: -5 }),
      [
        'dimensions.fit.criteria[0].table.complet: given the name "complet"; allowed: how far a part of the slide can be; did you mean complete?',
      ],
    ],
    [
      'lack lists',
      table({ answer: 'tools' }, { CRM: 40 }),
      [
        'dimensions.fit.criteria[0].of: given {"answer":"tools"}; allowed: a single value; a list is tested by `contains`',
      ],
    ],
    [
      'are of numbers',
      bands({ attribute: 'seniority' }, 1, 2),
      [
        'dimensions.fit.criteria[1].of: given {"attribute":"seniority"}; allowed: a number; the attribute seniority is a choice',
      ],
    ],
    [
      'are not of what a lane is called',
      bands({ lane: 'kind' }, 1, 2),
      ['dimensions.fit.criteria[1].of: given {"lane":"kind"}; allowed: a number; a lane\'s kind is a choice'],
    ],
    [
      'begin once at each bound',
      bands({ attribute: 'employees' }, 50, 500, 50),
      [
        'dimensions.fit.criteria[1].bands[2].from: given 50; allowed: a bound that no other band of this criterion has',
      ],
    ],
  ])('%s', (_, breakIt, errors) => expect(foundAfter(breakIt).errors).toEqual(errors));

  it('warn of bands that no value falls in', () => {
    expect(foundAfter(bands({ answer: 'months' }, 40, 12, 0, -6))).toEqual({
      errors: [],
      warnings: [
        'dimensions.fit.criteria[1].bands[0].from: given 40; allowed: at most 36: the question months is never more',
        'dimensions.fit.criteria[1].bands[3].from: given -6; allowed: a band that some value falls in: the question months is never less than 0',
      ],
    });
  });

  it('may begin below the range once', () => {
    expect(foundAfter(bands({ answer: 'months' }, 12, -6)).warnings).toEqual([]);
  });
});

describe('texts that were probably not meant so are warned of', () => {
  const few = (most: number) => `more than ${most} letters, or hasWord: other words have so few within them`;

  it.each<[string, object, string]>([
    [
      'three letters anywhere',
      { attribute: 'jobTitle', contains: 'CTO' },
      `contains: given "CTO"; allowed: ${few(3)}`,
    ],
    [
      'three decomposed letters',
      { attribute: 'jobTitle', contains: 'ame\u0301' },
      `contains: given "ame\\u0301"; allowed: ${few(3)}`,
    ],
    [
      'two letters at the start',
      { attribute: 'jobTitle', startsWith: 'VP' },
      `startsWith: given "VP"; allowed: ${few(2)}`,
    ],
    ['three in an answer', { answer: 'issue', contains: 'tax' }, `contains: given "tax"; allowed: ${few(3)}`],
    [
      'blanks around a value',
      { attribute: 'jobTitle', in: ['VP', ' Head\u00a0'] },
      'in[1]: given " Head\\u00a0"; allowed: "Head": values have no blanks around them',
    ],
    [
      'an empty value',
      { attribute: 'jobTitle', in: ['VP', ' '] },
      'in[1]: given " "; allowed: a text; an empty one says nothing, and is not known',
    ],
    [
      'a value twice',
      { attribute: 'jobTitle', notIn: ['Head', 'VP', 'HEAD'] },
      `notIn[2]: given "HEAD"; allowed: another value; ${path}.notIn[0] is the same one`,
    ],
  ])('%s', (_, condition, expected) =>
    expect(foundAfter(when(condition))).toEqual({
      errors: [],
      warnings: [`${path}.${expected}`],
    }),
  );

  it.each<[string, object]>([
    ['four letters', { attribute: 'jobTitle', contains: 'head' }],
    ['three letters at the start', { attribute: 'jobTitle', startsWith: 'Vic' }],
    ['letters and a sign', { attribute: 'jobTitle', contains: 'R&D' }],
    ['two characters that are a word', { attribute: 'jobTitle', contains: '部長' }],
    ['a whole word of three letters', { attribute: 'jobTitle', hasWord: 'CTO' }],
    ['an entry of a list', { answer: 'tools', contains: 'CRM' }],
    ['a value of a choice', { answer: 'budget', startsWith: 'ap' }],
  ])('%s is not', (_, condition) =>
    expect(foundAfter(when(condition))).toEqual({ errors: [], warnings: [] }),
  );

  it('entries of a table for the same value', () => {
    const found = foundAfter((document) => {
      const table = { Executive: 40, executive: 30, manager: 20, ' manager': 10 };
      Object.assign(document.dimensions.fit.criteria[0], { table });
    });
    const at = 'dimensions.fit.criteria[0].table';
    expect(found).toEqual({
      errors: [],
      warnings: [
        `${at}.executive: given the name "executive"; allowed: another value; ${at}.Executive is the same one, and counts`,
        `${at}. manager: given the name " manager"; allowed: "manager": values have no blanks around them`,
      ],
    });
  });

  it('values of a choice that are the same', () => {
    const found = foundAfter((document) => {
      Object.assign(document.attributes.seniority, { values: ['executive', 'manager', 'Manager', 'other '] });
    });
    expect(found.warnings).toEqual([
      'attributes.seniority.values[2]: given "Manager"; allowed: another value; attributes.seniority.values[1] is the same one',
      'attributes.seniority.values[3]: given "other "; allowed: "other": values have no blanks around them',
    ]);
  });
});

describe('a vocabulary', () => {
  it('has ranges that end after they begin', () => {
    const found = foundAfter((document) => {
      document.questions.months.from = 50;
      document.attributes.employees.to = 0;
    });
    expect(found.errors).toEqual([
      'questions.months.from: given 50; allowed: at most its to, 36',
      'attributes.employees.from: given 1; allowed: at most its to, 0',
    ]);
  });

  it('has a tolerance only for numbers', () => {
    const found = foundAfter((document) => {
      document.questions.budget.steady.tolerance = 1;
      document.questions.months.steady = { tolerance: 1 };
    });
    expect(found.errors).toEqual([
      'questions.budget.steady.tolerance: given 1; allowed: no tolerance; the question budget is a choice, not a number',
    ]);
  });
});
