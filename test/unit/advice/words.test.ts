import { describe, expect, it } from 'vitest';
import { groupAlternatives } from '../../../cli/advice/alternatives.ts';
import { askNextWords } from '../../../cli/advice/ask-next-words.ts';
import { candidateWords } from '../../../cli/advice/class-words.ts';
import { labelQuestion, labelRequirements } from '../../../cli/advice/labels.ts';
import { requirementWords } from '../../../cli/advice/requirement-words.ts';
import { adviceWords } from '../../../cli/advice/words.ts';
import { render } from '../../../cli/output/render.ts';
import { askNext, whatWouldHaveToBeTrue } from '../../../shared/advice/index.ts';
import type { Candidate, CountRange, NumberRange } from '../../../shared/scoring/index.ts';
import type { EventInput } from '../../support/events.ts';
import { compileDocument } from '../../support/models.ts';
import { adviceDocument, answered, buildLead, did, learned, staged } from './fixture.ts';

const model = compileDocument(adviceDocument());

type Told = readonly [EventInput, ...EventInput[]];
const toAsk = (...told: Told): string[] => askNextWords(model, askNext(model, buildLead(model, ...told)));
const required = (...told: Told): string[] =>
  requirementWords(model, whatWouldHaveToBeTrue(model, buildLead(model, ...told)));

describe('what to ask next, in words', () => {
  it('tells best and worst of each question, what could disqualify, and what adds nothing alone', () => {
    expect(toAsk(staged('sql'))).toEqual([
      '1. "Is there money set aside?"  at best approved → good (60); at worst none → no tier (0)',
      '2. "How much does it matter?"  at best critical → risky (40); at worst none → disqualified; could disqualify',
      '3. "How many of you are there?"  changes nothing by itself; with other answers up to 25 points',
      '4. "Did a customer send you?"  changes nothing by itself',
    ]);
  });

  it('tells from which stage on an answer counts', () => {
    expect(toAsk(staged('lead'))[1]).toBe(
      '2. "Is there money set aside?"  changes nothing by itself; from stage mql on up to 20 points',
    );
  });

  it('tells that an answer only decides what is to be done', () => {
    const document = adviceDocument();
    const when = { answer: 'referred', is: true };
    const rules = [{ when, action: { kind: 'nurture', track: 'referred' } }];
    const referring = compileDocument({ ...document, policy: { rules } });
    const lines = askNextWords(referring, askNext(referring, buildLead(referring, staged('sql'))));
    expect(lines).toContain('4. "Did a customer send you?"  changes no score, but what is to be done');
  });

  it('tells what could lift a disqualification', () => {
    expect(toAsk(staged('sql'), answered({ need: 'none' })).slice(0, 2)).toEqual([
      '1. "Did a customer send you?"  at best yes → no tier (20); at worst no → disqualified; could lift the disqualification',
      '2. "Is there money set aside?"  leaves it disqualified',
    ]);
  });

  it('says how many are left out, and when nothing is left to ask', () => {
    const next = askNext(model, buildLead(model, staged('sql')));
    expect(askNextWords(model, next, 1)).toEqual([
      '1. "Is there money set aside?"  at best approved → good (60); at worst none → no tier (0)',
      'and 3 more that decide less',
    ]);
    expect(askNextWords(model, { ...next, questions: [] })).toEqual([
      'nothing is left to ask: every question that the model reads is answered',
    ]);
  });
});

describe('what would have to be true, in words', () => {
  it('tells which answers would end a contradiction', () => {
    const document = adviceDocument();
    const team = { ...document.questions.team, steady: { tolerance: 2 } };
    const steady = compileDocument({
      ...document,
      questions: { ...document.questions, team },
      dimensions: {
        fit: {
          title: 'Fit',
          base: 80,
          criteria: [
            {
              id: 'doubt',
              text: 'contradicts itself',
              each: { answering: 'contradictory' },
              points: -20,
              max: 20,
            },
          ],
        },
      },
      scorecards: Object.fromEntries(Object.keys(document.scorecards).map((stage) => [stage, { fit: 1 }])),
    });
    const lead = buildLead(steady, staged('sql'), answered({ team: 10 }), {
      ...answered({ team: 13 }),
      at: '2026-03-02T08:00:00.000Z',
    });
    expect(requirementWords(steady, whatWouldHaveToBeTrue(steady, lead))).toEqual([
      'Excellent (80 or more) would be reached by this:',
      '- the lead now answers 11 or more, up to 12 to "How many of you are there?" → excellent (80)',
    ]);
  });

  it('tells single changes with their alternatives', () => {
    expect(required(staged('sql'))).toEqual([
      'Risky (30 or more) would be reached by any of these:',
      '- the lead answers approved or planned to "Is there money set aside?" → risky (50 or more)',
      '- the lead answers critical to "How much does it matter?" → risky (40)',
      '- "Industry" is found to be software or retail → risky (30 or more)',
    ]);
  });

  it('tells what is known already from what is not', () => {
    expect(required(staged('sql'), answered({ budget: 'none' }), learned({ industry: 'retail' }))).toEqual([
      'Risky (30 or more) would be reached by any of these:',
      '- the lead answers critical to "How much does it matter?" → risky (30)',
      '- the lead now answers approved or planned to "Is there money set aside?" → good (60 or more)',
    ]);
  });

  it('tells several changes together, and how often something would have to be done', () => {
    const lines = required(did('demo_requested'));
    expect(lines[0]).toBe('Good (60 or more) would be reached by two changes together, any of these:');
    expect(lines).toContain(
      '- the lead answers approved to "Is there money set aside?", and the lead visited a page, at least 4 times from now on → good (60 or more)',
    );
  });

  it('says first what blocks a lead', () => {
    expect(required(staged('sql'), answered({ need: 'none' }))).toEqual([
      'It is blocked: disqualified, since it has no need.',
      'The disqualification would be lifted by any of these:',
      '- the lead answers yes to "Did a customer send you?" → no tier (20)',
      '- the lead now answers critical or nice to "How much does it matter?" → no tier (20 or more)',
    ]);
  });

  it('says that there is nothing above an excellent lead', () => {
    const { goal: _goal, ...advice } = whatWouldHaveToBeTrue(model, buildLead(model, staged('sql')));
    expect(requirementWords(model, { ...advice, sets: [], size: 0 })).toEqual([
      'It is excellent already: there is no tier above.',
    ]);
  });

  it('says that three or more changes are needed, and what the best two reach', () => {
    const document = adviceDocument();
    const strict = compileDocument({ ...document, tiers: { excellent: 99, good: 98, risky: 97 } });
    const advice = whatWouldHaveToBeTrue(
      strict,
      buildLead(strict, staged('sql'), learned({ industry: 'mining' })),
    );
    expect(requirementWords(strict, advice)).toEqual([
      'Risky (97 or more) needs three or more changes; the best two reach no tier (80):',
      '- the lead answers approved to "Is there money set aside?", and "Industry" becomes software',
    ]);
    const { shortfall, ...cut } = advice;
    const pairs = { of: 400, untried: 300 };
    const unknown = { ...shortfall, verdict: 'unknown' as const };
    expect(requirementWords(strict, { ...cut, shortfall: unknown, pairs, exhaustive: false })[0]).toBe(
      'No single change and no pair of changes was found by which risky (97 or more) would be reached; the best two found reach no tier (80):',
    );
    const none = { ...cut, shortfall: { verdict: 'unknown' as const }, pairs, exhaustive: false };
    expect(requirementWords(strict, none)).toEqual([
      'No single change and no pair of changes was found by which risky (97 or more) would be reached; one or two do not raise the score.',
      'The search was cut short: 300 of 400 pairs of changes were not tried, so there may be others.',
    ]);
    expect(requirementWords(strict, { ...cut, shortfall: { verdict: 'unreachable' } })).toEqual([
      "Risky (97 or more) can't be reached by any changes; one or two do not raise the score.",
    ]);
  });

  it('says of a disqualification that three or more changes are needed, or that none lift it', () => {
    const document = adviceDocument();
    const findBlocked = (when: object) => {
      const [disqualifier] = document.disqualifiers;
      const blocking = compileDocument({
        ...document,
        disqualifiers: [{ ...disqualifier, when, unless: undefined }],
      });
      const churned: EventInput = { type: 'LeadOutcomeRecorded', data: { outcome: 'churned' } };
      const known = answered({ need: 'nice', budget: 'none', team: 3 });
      return requirementWords(
        blocking,
        whatWouldHaveToBeTrue(blocking, buildLead(blocking, staged('sql'), churned, known)),
      );
    };
    const lifting = [
      { answer: 'need', is: 'critical' },
      { answer: 'budget', is: 'approved' },
      { answer: 'team', atLeast: 5 },
    ];
    expect(findBlocked({ all: [{ outcome: 'churned' }, { not: { all: lifting } }] }).at(-1)).toBe(
      'The disqualification needs three or more changes to be lifted.',
    );
    expect(findBlocked({ outcome: 'churned' }).at(-1)).toBe(
      "The disqualification can't be lifted by any changes.",
    );
  });

  it('says that not all values were tried', () => {
    const advice = whatWouldHaveToBeTrue(model, buildLead(model, staged('sql')));
    expect(requirementWords(model, { ...advice, exhaustive: false }).at(-1)).toBe(
      'The search was cut short: there may be others.',
    );
  });

  it('puts both under headings', () => {
    const lead = buildLead(model, staged('sql'));
    const lines = render(adviceWords(model, askNext(model, lead), whatWouldHaveToBeTrue(model, lead), 1));
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
      'What to ask next:',
      '',
      'What would have to be true:',
    ]);
  });
});

const from = (at: number) => ({ lower: { at, included: true } });
const below = (at: number) => ({ upper: { at, included: false } });
const number = (value: number, range: NumberRange): Candidate => ({ value, range });
const numbers = [
  number(0, below(50)),
  number(50, { ...from(50), ...below(70) }),
  number(70, { ...from(70), ...below(80) }),
  number(80, from(80)),
];
const lengths: CountRange[] = [{ most: 2 }, { least: 3, most: 5 }, { least: 6 }];
const figureCounts: CountRange[] = [{ most: 0 }, { least: 1 }];
/** Both values in every way: up to 2 words, 3 to 5, 6 or more; without figures or with them. */
const ways = ['yes', 'perhaps'].flatMap((value) =>
  lengths.flatMap((words) =>
    figureCounts.map(
      (figures): Candidate => ({
        value,
        wording: [words.least ?? 2, figures.least ?? 0],
        wordingClass: { words, figures },
      }),
    ),
  ),
);

describe('classes in words', () => {
  it.each<[NumberRange, string]>([
    [{}, 'any number'],
    [below(50), 'below 50'],
    [{ upper: { at: 50, included: true } }, '50 or less'],
    [from(50), '50 or more'],
    [{ lower: { at: 50, included: false } }, 'more than 50'],
    [{ ...from(50), ...below(80) }, '50 or more, below 80'],
    [{ ...from(50), upper: { at: 80, included: true } }, '50 or more, up to 80'],
    [{ lower: { at: 50, included: false }, upper: { at: 80, included: true } }, 'more than 50, up to 80'],
    [{ ...from(5), upper: { at: 5, included: true } }, '5'],
  ])('says numbers from and to, %j', (range, words) => {
    expect(candidateWords(number(0, range))).toBe(words);
  });

  it.each<[Candidate, string]>([
    [{ value: 'approved' }, 'approved'],
    [{ value: true }, 'yes'],
    [{ value: false }, 'no'],
    [{ value: ['it', 'users'] }, 'it, users'],
    [{ value: ['legal'], other: true }, 'none of them'],
    [{ value: '◇', other: true }, 'something else'],
    [{ value: '◇', any: true }, 'given'],
  ])('says a value, %j', (candidate, words) => {
    expect(candidateWords(candidate)).toBe(words);
  });

  it.each<[CountRange, CountRange, string]>([
    [{ most: 2 }, { most: 0 }, 'yes, in at most 2 words, without figures'],
    [{ most: 1 }, {}, 'yes, in at most 1 word'],
    [{ least: 3, most: 5 }, { least: 1 }, 'yes, in 3 to 5 words, with figures'],
    [{ least: 3, most: 3 }, { least: 1, most: 1 }, 'yes, in 3 words, with 1 figure'],
    [{ least: 6 }, { least: 1, most: 2 }, 'yes, in 6 words or more, with 1 to 2 figures'],
    [{}, { least: 2 }, 'yes, in any words, with 2 figures or more'],
  ])('says a wording, %j and %j', (words, figures, said) => {
    expect(candidateWords({ value: 'yes', wording: [1, 0], wordingClass: { words, figures } })).toBe(said);
  });

  it('says only the wording of an answer of which any will do', () => {
    const wordingClass = { words: { least: 6 }, figures: { least: 1 } };
    expect(candidateWords({ value: '◇', any: true, wording: [6, 1], wordingClass })).toBe(
      '6 words or more, with figures',
    );
  });
});

describe('alternatives in words', () => {
  it('joins ranges that follow upon each other', () => {
    expect(groupAlternatives(numbers, numbers.slice(1, 3))).toEqual([
      { values: '50 or more, below 80', wording: undefined },
    ]);
    expect(groupAlternatives(numbers, numbers.slice(2))).toEqual([
      { values: '70 or more', wording: undefined },
    ]);
    expect(groupAlternatives(numbers, [...numbers.slice(0, 1), ...numbers.slice(3)])).toEqual([
      { values: 'below 50 or 80 or more', wording: undefined },
    ]);
    expect(groupAlternatives(numbers, numbers)).toEqual([{ values: 'any number', wording: undefined }]);
  });

  it('leaves out how an answer is worded where that does not matter', () => {
    expect(groupAlternatives(ways, ways.slice(0, 6))).toEqual([{ values: 'yes', wording: undefined }]);
  });

  it.each<[string, (words: number, figures: number) => boolean, string]>([
    ['a least length', (words) => words >= 3, 'in 3 words or more'],
    ['a length between', (words) => words === 3, 'in 3 to 5 words'],
    ['a greatest length', (words) => words < 6, 'in at most 5 words'],
    ['figures', (_, figures) => figures > 0, 'with figures'],
    ['none', (_, figures) => figures === 0, 'without figures'],
    ['both', (words, figures) => words >= 6 && figures > 0, 'in 6 words or more, with figures'],
    [
      'either',
      (words, figures) => words >= 6 || (words === 3 && figures > 0),
      'in 3 to 5 words, with figures, or in 6 words or more',
    ],
  ])('tells %s', (_, isChosen, wording) => {
    const chosen = ways.filter((way) => isChosen(way.wording?.[0] ?? 0, way.wording?.[1] ?? 0));
    expect(groupAlternatives(ways, chosen)).toEqual([{ values: 'yes or perhaps', wording }]);
  });

  it('says of something else what it is not', () => {
    const texts: Candidate[] = [{ value: 'none' }, { value: 'education' }, { value: '◇', other: true }];
    expect(groupAlternatives(texts, texts.slice(2))).toEqual([
      { values: 'anything but none or education', wording: undefined },
    ]);
  });

  it('does not take a value for what it is not by its spelling', () => {
    const texts: Candidate[] = [{ value: 'none' }, { value: 'something else' }, { value: 'a, in b' }];
    expect(groupAlternatives(texts, texts.slice(1))).toEqual([
      { values: 'something else or a, in b', wording: undefined },
    ]);
  });

  it('names something else beside a wording, too', () => {
    const wordingClass = { words: { least: 6 }, figures: {} };
    const short = { words: { most: 5 }, figures: {} };
    const texts = ['none', '◇'].flatMap((value): Candidate[] => [
      { value, wording: [1, 0], wordingClass: short, ...(value === '◇' && { other: true }) },
      { value, wording: [6, 0], wordingClass, ...(value === '◇' && { other: true }) },
    ]);
    expect(groupAlternatives(texts, texts.slice(3))).toEqual([
      { values: 'anything but none', wording: 'in 6 words or more' },
    ]);
  });
});

describe('advice for programs', () => {
  it('labels every answer and attribute with what it stands for', () => {
    const lead = buildLead(model, staged('sql'));
    const [first] = askNext(model, lead).questions;
    const question = first && labelQuestion(first);
    expect(question?.outcomes.map(({ label }) => label)).toEqual(['approved', 'planned', 'none']);
    expect([question?.best.label, question?.worst.label]).toEqual(['approved', 'none']);
    const { sets } = labelRequirements(whatWouldHaveToBeTrue(model, lead));
    expect(sets[0]?.changes[0]?.anyOf).toMatchObject([
      { value: 'approved', label: 'approved' },
      { value: 'planned', label: 'planned' },
    ]);
    expect(Object.keys(sets[0]?.changes[0] ?? {})).toEqual(['kind', 'name', 'effort', 'anyOf']);
  });

  it('labels the changes that get furthest, and leaves activities as they are', () => {
    const strict = compileDocument({ ...adviceDocument(), tiers: { excellent: 99, good: 98, risky: 97 } });
    const advice = whatWouldHaveToBeTrue(strict, buildLead(strict, did('demo_requested')));
    const changes = labelRequirements(advice).shortfall?.best?.changes ?? [];
    expect(changes.map(({ kind, anyOf }) => [kind, anyOf[0]])).toEqual([
      ['answer', expect.objectContaining({ value: 'approved', label: 'approved' })],
      ['activity', { kind: 'activity', name: 'page_visited', count: 6 }],
    ]);
  });
});
