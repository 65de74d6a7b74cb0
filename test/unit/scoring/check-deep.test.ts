import { describe, expect, it } from 'vitest';
import { type BreakIt, foundAfter } from './check-document.ts';

const path = 'dimensions.fit.criteria[4].when';
const when =
  (condition: object): BreakIt =>
  (document) =>
    Object.assign(document.dimensions.fit.criteria[4], { when: condition });

const shown = (condition: object): string => {
  const json = JSON.stringify(condition);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
};

const never = (at: string, condition: object): string =>
  `${at}: given ${shown(condition)}; allowed: a condition that some lead can meet; none meets this one`;
const always = (at: string, condition: object): string =>
  `${at}: given ${shown(condition)}; allowed: a condition that not every lead meets; every lead meets this one`;

describe('a condition that no lead can meet is refused', () => {
  it.each<[string, object]>([
    ['bounds that exclude each other', { answer: 'months', atLeast: 12, below: 6 }],
    ['a value beyond a bound beside it', { answer: 'months', is: 12, below: 6 }],
    ['values of which none is within the bounds', { answer: 'months', in: [1, 2], above: 2 }],
    ['a value that is none of the others', { answer: 'budget', is: 'none', notIn: ['none'] }],
    ['all values ruled out', { answer: 'budget', notIn: ['approved', 'planned', 'none'] }],
    ['a test of what is not known', { answer: 'months', below: 6, known: false }],
    ['a part that no value has', { answer: 'budget', contains: 'x' }],
    ['a beginning that is another', { attribute: 'jobTitle', is: 'VP of sales', startsWith: 'head' }],
    [
      'more figures than words',
      {
        all: [
          { words: 'issue', below: 3 },
          { figures: 'issue', atLeast: 3 },
        ],
      },
    ],
    [
      'two values at once',
      {
        all: [
          { answer: 'budget', is: 'none' },
          { answer: 'decides', is: true },
          { answer: 'budget', isNot: 'none' },
        ],
      },
    ],
    [
      'more within a week than ever',
      {
        all: [
          { activity: 'page_visited', atLeast: 5, withinDays: 7 },
          { activity: 'page_visited', atMost: 3 },
        ],
      },
    ],
    [
      'a lane against its own condition',
      {
        all: [
          { lane: 'id', is: 'large' },
          { attribute: 'employees', below: 100 },
        ],
      },
    ],
    [
      'two lanes at once',
      {
        all: [
          { lane: 'id', is: 'large' },
          { lane: 'kind', is: 'avoid' },
        ],
      },
    ],
    ['a figure that no lane comes to', { laneFigure: 'churnPercent', below: 5 }],
    [
      'a letter against what passes it',
      {
        all: [
          { bant: 'budget', is: 'pass' },
          { answer: 'budget', is: 'none' },
        ],
      },
    ],
    [
      'BANT met with two letters failed',
      {
        all: [{ bantMet: true }, { bant: 'authority', is: 'fail' }, { bant: 'timeframe', is: 'fail' }],
      },
    ],
    ['a part that is never partial', { slide: 'delta', is: 'partial' }],
    ['more short answers than open questions', { answering: 'short', atLeast: 2 }],
    [
      'some of conditions of which one at a time holds',
      {
        some: [
          { answer: 'budget', is: 'approved' },
          { answer: 'budget', is: 'planned' },
          { answer: 'budget', is: 'none' },
        ],
        atLeast: 2,
      },
    ],
    [
      'what it denies always holds',
      {
        not: {
          any: [
            { answer: 'tools', known: true },
            { answer: 'tools', known: false },
          ],
        },
      },
    ],
  ])('%s', (_, condition) => expect(foundAfter(when(condition)).errors).toEqual([never(path, condition)]));

  it('at its smallest part', () => {
    const inner = {
      all: [
        { answer: 'months', is: 3 },
        { answer: 'months', above: 6 },
      ],
    };
    const condition = { all: [{ answer: 'decides', is: true }, { any: [{ bantMet: true }, inner] }] };
    expect(foundAfter(when(condition)).errors).toEqual([never(`${path}.all[1].any[1]`, inner)]);
  });

  it.each<[string, BreakIt, string]>([
    [
      'of a letter',
      (d) => Object.assign(d.bant.letters.need, { pass: { words: 'issue', above: 5, below: 6 } }),
      'bant.letters.need.pass',
    ],
    [
      'of a part of the slide',
      (d) => Object.assign(d.slide.parts.delta, { partial: { answer: 'months', above: 5, below: 5 } }),
      'slide.parts.delta.partial',
    ],
    [
      'of a lane',
      (d) => Object.assign(d.lanes[1], { when: { attribute: 'employees', above: 5, below: 5 } }),
      'lanes[1].when',
    ],
    [
      'of a contradiction',
      (d) => Object.assign(d.answering.contradictions[0], { when: { answer: 'months', above: 5, below: 5 } }),
      'answering.contradictions[0].when',
    ],
    [
      'of a disqualifier',
      (d) => Object.assign(d.disqualifiers[0], { when: { answer: 'months', above: 5, below: 5 } }),
      'disqualifiers[0].when',
    ],
    [
      'that protects from a disqualifier',
      (d) => Object.assign(d.disqualifiers[1], { unless: { answer: 'months', above: 5, below: 5 } }),
      'disqualifiers[1].unless',
    ],
    [
      'of the policy',
      (d) => Object.assign(d.policy.rules[0], { when: { answer: 'months', above: 5, below: 5 } }),
      'policy.rules[0].when',
    ],
  ])('%s', (_, breakIt, at) => {
    expect(foundAfter(breakIt).errors.filter((error) => error.startsWith(`${at}: `))).toHaveLength(1);
  });
});

describe('a condition that some lead can meet is not', () => {
  it.each<[string, object]>([
    [
      'what it did long ago, and not of late',
      { all: [{ activity: 'page_visited' }, { not: { activity: 'page_visited', withinDays: 30 } }] },
    ],
    ['a gap between two bounds', { answer: 'months', above: 5, below: 5.000001 }],
    [
      'several parts of a text',
      {
        all: [
          { attribute: 'jobTitle', contains: 'sales' },
          { attribute: 'jobTitle', startsWith: 'vp' },
          { attribute: 'jobTitle', endsWith: 'emea' },
        ],
      },
    ],
    [
      'several entries of a list',
      {
        all: [
          { answer: 'tools', contains: 'crm' },
          { answer: 'tools', contains: 'billing' },
        ],
      },
    ],
    [
      'a list without an entry',
      { all: [{ answer: 'tools', known: true }, { not: { answer: 'tools', contains: 'crm' } }] },
    ],
    ['a word that says nothing', { words: 'issue', below: 1 }],
    [
      'a value that is given without words',
      {
        all: [
          { answer: 'months', known: true },
          { words: 'months', known: false },
        ],
      },
    ],
    ['a quotient to the last digit', { answer: 'months', relativeTo: 'timeToValueDays', is: 0.35 }],
    [
      'a letter that is open',
      {
        all: [
          { bant: 'timeframe', is: 'unknown' },
          { answer: 'months', known: true },
        ],
      },
    ],
    ['a lead in no lane that is known', { lane: 'id', known: false }],
    [
      'more names than can be tried out',
      {
        some: [
          ...['budget', 'months', 'decides', 'tools', 'issue'].map((answer) => ({ answer, known: true })),
          ...['seniority', 'employees', 'jobTitle'].map((attribute) => ({ attribute, known: true })),
          { demoReady: true },
          { bantMet: true },
          { answering: 'short' },
        ],
        atLeast: 11,
      },
    ],
  ])('%s', (_, condition) => expect(foundAfter(when(condition)).errors).toEqual([]));

  it('even where a name can be anything, since the model does not describe it', () => {
    const found = foundAfter((document) => {
      delete document.attributes;
      document.dimensions.fit.criteria[4].when = {
        all: [
          { attribute: 'x', isNot: 3 },
          { attribute: 'x', notIn: ['a', true] },
          { not: { attribute: 'x', atLeast: 1e300 } },
          { attribute: 'x', known: true },
        ],
      };
    });
    expect(found.errors).toEqual([]);
  });
});

describe('parts, words and numbers of texts', () => {
  const x = (tests: object) => ({ attribute: 'x', ...tests });
  const title = (tests: object) => ({ attribute: 'jobTitle', ...tests });

  it.each<[string, object]>([
    ['a part that is no word', { all: [title({ contains: 'sales' }), { not: title({ hasWord: 'sales' }) }] }],
    [
      'a start that is no word',
      { all: [title({ startsWith: 'head' }), { not: title({ hasWord: 'head' }) }] },
    ],
    ['an end that is no word', { all: [title({ endsWith: 'head' }), { not: title({ hasWord: 'head' }) }] }],
    [
      'words that do not follow each other',
      {
        all: [
          title({ hasWord: 'vice' }),
          title({ hasWord: 'president' }),
          { not: title({ hasWord: 'vice president' }) },
        ],
      },
    ],
    [
      'a word in a short answer',
      {
        all: [
          { answer: 'issue', hasWord: 'churn' },
          { words: 'issue', atMost: 1 },
        ],
      },
    ],
    [
      'two words in a short answer',
      {
        all: [
          { answer: 'issue', hasWord: 'churn' },
          { answer: 'issue', hasWord: 'cost' },
          { words: 'issue', atMost: 2 },
        ],
      },
    ],
    [
      'an entry that is more than the word',
      { all: [x({ hasWord: 'crm' }), { not: x({ contains: 'crm' }) }] },
    ],
    ['the text of a number with a digit in it', x({ contains: '2', atLeast: 100 })],
    ['the text of a number that ends so', x({ is: 5, endsWith: '.0' })],
    ['yes and no as text', x({ is: true, startsWith: 'T' })],
    ['a text in another case', title({ is: 'VP Sales', startsWith: 'vp', endsWith: 'SALES' })],
    ['a decomposed text', title({ is: 'Zu\u0308rich', contains: 'zürich' })],
    ['a text with blanks around it', title({ is: ' VP ', hasWord: 'vp' })],
  ])('%s: some lead has it', (_, condition) => {
    const { errors } = foundAfter((document) => {
      // Without a section, any attribute may be named.
      Object.assign(document, { attributes: undefined });
      Object.assign(document.dimensions.fit.criteria[4], { when: condition });
    });
    expect(errors).toEqual([]);
  });

  it.each<[string, object]>([
    ...['vice president', 'vice-president', 'ctos', 'C.T.O.S', 'c++', 'r&d', 'head of c.t.o. office'].map(
      (words): [string, object] => [
        `${words} in another spelling`,
        { all: [title({ hasWord: words }), { not: title({ contains: words }) }] },
      ],
    ),
    [
      'words in neither of two spellings',
      {
        all: [
          title({ hasWord: 'vice president' }),
          { not: title({ contains: 'vice president' }) },
          { not: title({ contains: 'vice-president' }) },
        ],
      },
    ],
    [
      'words of which one has dots',
      {
        all: [
          title({ hasWord: 'vice cto' }),
          { not: title({ contains: 'v.i.c.e' }) },
          { not: title({ contains: 'cto' }) },
        ],
      },
    ],
  ])('%s: some lead has it, if the model says that it is a text', (_, condition) => {
    expect(foundAfter(when(condition)).errors).toEqual([]);
  });

  it.each<[string, object]>([
    ['a word without its letters', { all: [title({ hasWord: 'b2b' }), { not: title({ contains: 'b2b' }) }] }],
    [
      'words in none of their spellings',
      {
        all: [
          title({ hasWord: 'ctos' }),
          { not: title({ contains: 'ctos' }) },
          { not: title({ contains: 'c.t.o.s' }) },
        ],
      },
    ],
    ['words without one of them', title({ hasWord: 'vice president', isNot: 'x', is: 'president' })],
    ['an empty text', title({ is: '' })],
    ['a blank at the start', title({ startsWith: ' vp' })],
    ['two cases of one text', title({ is: 'VP', isNot: 'vp' })],
    ['two numbers that are one', title({ is: 'x', isNot: 'X' })],
  ])('%s: no lead has it', (_, condition) => {
    expect(foundAfter(when(condition)).errors).toEqual([expect.stringContaining('none meets this one')]);
  });
});

describe('a condition that every lead meets is warned of', () => {
  it.each<[string, object]>([
    [
      'whether something is known or not',
      {
        any: [
          { answer: 'decides', known: true },
          { answer: 'decides', known: false },
        ],
      },
    ],
    ['any count', { activity: 'demo_requested', atLeast: 0 }],
  ])('%s', (_, condition) => {
    expect(foundAfter(when(condition))).toEqual({ errors: [], warnings: [always(path, condition)] });
  });

  it('but not what holds as soon as it is known, nor a last lane for all others', () => {
    expect(
      foundAfter(
        when({
          any: [
            { answer: 'decides', is: true },
            { answer: 'decides', is: false },
          ],
        }),
      ).warnings,
    ).toEqual([]);
    const found = foundAfter((document) =>
      document.lanes.push({
        id: 'rest',
        title: 'All others',
        kind: 'avoid',
        when: { activity: 'page_visited', atLeast: 0 },
      }),
    );
    expect(found).toEqual({ errors: [], warnings: [] });
  });
});

describe('a lane behind others', () => {
  const lane =
    (index: number, condition: object): BreakIt =>
    (document) =>
      document.lanes.splice(index, 0, { id: 'other', title: 'Other', kind: 'adjacent', when: condition });

  it.each<[string, BreakIt, string]>([
    [
      'that one of them shadows is refused',
      lane(2, { attribute: 'employees', above: 1000 }),
      'lanes[2].when: given {"attribute":"employees","above":1000}; allowed: a condition for leads in no lane before it; lanes[0] applies to all of these',
    ],
    [
      'that says the same is refused',
      lane(1, { attribute: 'employees', atLeast: 500 }),
      'lanes[1].when: given {"attribute":"employees","atLeast":500}; allowed: a condition for leads in no lane before it; lanes[0] applies to all of these',
    ],
    [
      'that they shadow together is refused',
      lane(2, { attribute: 'employees', known: true }),
      'lanes[2].when: given {"attribute":"employees","known":true}; allowed: a condition for leads in no lane before it; those before it, together, apply to all of these',
    ],
  ])('%s', (_, breakIt, error) => expect(foundAfter(breakIt).errors).toEqual([error]));

  it('that holds elsewhere, too, is fine', () => {
    expect(foundAfter(lane(1, { attribute: 'employees', atLeast: 100 })).errors).toEqual([]);
    expect(foundAfter(lane(2, { attribute: 'employees', known: false })).errors).toEqual([]);
  });
});

describe('a disqualifier', () => {
  const third =
    (given: object): BreakIt =>
    (document) =>
      document.disqualifiers.push({ id: 'third', class: 'persona', text: 'is so', ...given });

  it.each<[string, BreakIt, string]>([
    [
      'that disqualifies everybody is refused',
      third({ when: { activity: 'page_visited', atLeast: 0 } }),
      'disqualifiers[2].when: given {"activity":"page_visited","atLeast":0}; allowed: a condition that not every lead meets; every lead does',
    ],
    [
      'whose exception leaves nobody is refused',
      third({ when: { answer: 'months', above: 30 }, unless: { answer: 'months', above: 12 } }),
      'disqualifiers[2].unless: given {"answer":"months","above":12}; allowed: a condition that leaves leads to disqualify; it leaves none',
    ],
  ])('%s', (_, breakIt, error) => expect(foundAfter(breakIt).errors).toEqual([error]));

  it('behind one that holds whenever it does is warned of', () => {
    const condition = {
      all: [
        { answer: 'budget', is: 'none' },
        { answer: 'decides', is: true },
      ],
    };
    expect(foundAfter(third({ when: condition }))).toEqual({
      errors: [],
      warnings: [
        `disqualifiers[2].when: given ${shown(condition)}; allowed: a condition for leads that no disqualifier before it applies to; disqualifiers[0] applies to all of these`,
      ],
    });
  });

  it('is fine where the exception of the one before leaves it leads', () => {
    expect(foundAfter(third({ when: { answer: 'decides', is: false } }))).toEqual({
      errors: [],
      warnings: [],
    });
  });
});

describe('a rule of the policy', () => {
  const rules =
    (...given: object[]): BreakIt =>
    (document) => {
      document.policy.rules = given.map((rule) => ({ ...rule, action: { kind: 'none' } }));
    };
  const ready = { demoReady: true };

  it.each<[string, BreakIt, string[]]>([
    [
      'behind one for all its stages and tiers is warned of',
      rules({ stages: ['lead', 'mql'] }, { stages: ['mql'], tiers: ['good'], when: ready }),
      [
        'policy.rules[1]: given {"stages":["mql"],"tiers":["good"],"when":{"demoReady":true}…; allowed: a rule for leads that no rule before it applies to; policy.rules[0] applies to all of these',
      ],
    ],
    [
      'behind several that share its stages and tiers is warned of',
      rules(
        { stages: ['lead'] },
        { tiers: ['good', 'excellent'] },
        { stages: ['lead', 'mql'], tiers: ['good'] },
      ),
      [
        'policy.rules[2]: given {"stages":["lead","mql"],"tiers":["good"],"action":{"kind":"…; allowed: a rule for leads that no rule before it applies to; policy.rules[1] applies to all of these',
      ],
    ],
    [
      'behind one whose condition is wider is warned of',
      rules(
        { when: { answer: 'months', below: 12 } },
        { stages: ['sql'], when: { answer: 'months', below: 6 } },
      ),
      [
        'policy.rules[1]: given {"stages":["sql"],"when":{"answer":"months","below":6},"acti…; allowed: a rule for leads that no rule before it applies to; policy.rules[0] applies to all of these',
      ],
    ],
    ['with a stage of its own is fine', rules({ stages: ['lead'] }, { stages: ['lead', 'mql'] }), []],
    ['with leads of its own is fine', rules({ when: ready }, { stages: ['lead'] }, {}), []],
  ])('%s', (_, breakIt, warnings) => expect(foundAfter(breakIt)).toEqual({ errors: [], warnings }));
});

describe('a case that comes up only where the better one has', () => {
  it('is warned of: a letter that fails where it passes, a part that is partial where it is complete', () => {
    const found = foundAfter((document) => {
      document.bant.letters.timeframe.fail = { answer: 'months', atMost: 3 };
      document.slide.parts.criticalBusinessIssue.partial = { words: 'issue', atLeast: 20 };
    });
    expect(found.warnings).toEqual([
      'bant.letters.timeframe.fail: given {"answer":"months","atMost":3}; allowed: a condition that holds where pass does not; it never does',
      'slide.parts.criticalBusinessIssue.partial: given {"words":"issue","atLeast":20}; allowed: a condition that holds where complete does not; it never does',
    ]);
  });
});

describe('a threshold that cannot be reached is refused', () => {
  it.each<[string, BreakIt, string]>([
    [
      'above the weights of the letters',
      (d) => Object.assign(d.bant, { threshold: 5 }),
      "bant.threshold: given 5; allowed: at most 4, which the letters' weights sum to",
    ],
    [
      'of letters that exclude each other',
      (d) => {
        d.bant.threshold = 4;
        d.bant.letters.need.pass = { answer: 'decides', is: false };
      },
      'bant.threshold: given 4; allowed: less: what counts towards it excludes each other',
    ],
    [
      'of parts of the slide that exclude each other',
      (d) => {
        d.slide.threshold = 7;
        d.slide.parts.delta.complete = { words: 'issue', atMost: 2 };
      },
      'slide.threshold: given 7; allowed: less: what counts towards it excludes each other',
    ],
  ])('%s', (_, breakIt, error) => expect(foundAfter(breakIt).errors).toContain(error));
});

describe('what would take too long to think through is given the benefit of the doubt', () => {
  const forty = <T>(make: (i: number) => T): T[] => Array.from({ length: 40 }, (_, i) => make(i));
  const disqualifiers =
    (condition: (i: number, j: number) => object): BreakIt =>
    (document) => {
      delete document.attributes;
      document.disqualifiers = forty((i) => ({
        ...{ id: `d${i}`, class: 'persona', text: 'is so' },
        when: { any: forty((j) => condition(i, j)) },
      }));
    };

  it.each<[string, BreakIt]>([
    ['parts of one text', disqualifiers((i, j) => ({ attribute: 'title', contains: `word ${i * 40 + j}` }))],
    [
      'windows of one activity',
      disqualifiers((i, j) => ({
        activity: 'page_visited',
        withinDays: ((i * 7 + j) % 365) + 1,
        atLeast: j + 1,
      })),
    ],
    [
      'names in each other’s way',
      disqualifiers((i, j) => ({ attribute: `a${(i * j) % 97}`, atLeast: i - j })),
    ],
  ])('%s', (_, breakIt) => {
    const { errors } = foundAfter(breakIt);
    expect(errors).toEqual([]);
  });
});
