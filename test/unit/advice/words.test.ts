import { describe, expect, it } from 'vitest';
import { alternativesOf } from '../../../cli/advice/alternatives.ts';
import { askNextWords } from '../../../cli/advice/ask-next-words.ts';
import { requirementWords } from '../../../cli/advice/requirement-words.ts';
import { adviceWords } from '../../../cli/advice/words.ts';
import { askNext, whatWouldHaveToBeTrue } from '../../../shared/advice/index.ts';
import type { Candidate } from '../../../shared/scoring/index.ts';
import type { Said } from '../../support/events.ts';
import { modelOf } from '../../support/models.ts';
import { adviceDocument, answered, did, leadOf, learned, staged } from './fixture.ts';

const model = modelOf(adviceDocument());

type Told = readonly [Said, ...Said[]];
const toAsk = (...told: Told): string[] => askNextWords(model, askNext(model, leadOf(model, ...told)));
const required = (...told: Told): string[] =>
  requirementWords(model, whatWouldHaveToBeTrue(model, leadOf(model, ...told)));

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
    const referring = modelOf({ ...document, policy: { rules } });
    const lines = askNextWords(referring, askNext(referring, leadOf(referring, staged('sql'))));
    expect(lines).toContain('4. "Did a customer send you?"  changes no score, but what is to be done');
  });

  it('tells what could lift a disqualification', () => {
    expect(toAsk(staged('sql'), answered({ need: 'none' })).slice(0, 2)).toEqual([
      '1. "Did a customer send you?"  at best yes → no tier (20); at worst no → disqualified; could lift the disqualification',
      '2. "Is there money set aside?"  leaves it disqualified',
    ]);
  });

  it('says how many are left out, and when nothing is left to ask', () => {
    const next = askNext(model, leadOf(model, staged('sql')));
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

  it('says when there is nothing above, nothing found, or the search was cut', () => {
    const lead = leadOf(model, staged('sql'));
    const advice = whatWouldHaveToBeTrue(model, lead);
    const { goal: _goal, ...excellent } = { ...advice, sets: [], size: 0 };
    expect(requirementWords(model, excellent)).toEqual(['It is excellent already: there is no tier above.']);
    expect(requirementWords(model, { ...advice, sets: [], size: 0 })).toEqual([
      "Risky (30 or more) can't be reached by one, two or three changes.",
    ]);
    expect(requirementWords(model, { ...advice, sets: [], size: 0, exhaustive: false })).toEqual([
      'No changes were found by which risky (30 or more) would be reached.',
      'The search was cut short: there may be others.',
    ]);
  });

  it('puts both under headings', () => {
    const lead = leadOf(model, staged('sql'));
    const lines = adviceWords(model, askNext(model, lead), whatWouldHaveToBeTrue(model, lead), 1);
    expect(lines.filter((line) => !line.startsWith(' '))).toEqual([
      'What to ask next:',
      '',
      'What would have to be true:',
    ]);
  });
});

const number = (value: number, label: string): Candidate => ({ value, label });
const numbers = [
  number(0, 'below 50'),
  number(50, '50 or more, below 70'),
  number(70, '70 or more, below 80'),
  number(80, '80 or more'),
];
const worded = (value: string, words: number, figures: number, label: string): Candidate => ({
  value,
  wording: [words, figures],
  label,
});
/** Both values in every way: up to 2 words, 3 to 5, 6 or more; without figures or with them. */
const ways = ['yes', 'perhaps'].flatMap((value) =>
  [2, 3, 6].flatMap((words) =>
    [0, 1].map((figures) => worded(value, words, figures, `${value}, in so many words`)),
  ),
);

describe('alternatives in words', () => {
  it('joins ranges that follow upon each other', () => {
    expect(alternativesOf(numbers, numbers.slice(1, 3))).toEqual([
      { values: '50 or more, below 80', wording: undefined },
    ]);
    expect(alternativesOf(numbers, numbers.slice(2))).toEqual([{ values: '70 or more', wording: undefined }]);
    expect(alternativesOf(numbers, [...numbers.slice(0, 1), ...numbers.slice(3)])).toEqual([
      { values: 'below 50 or 80 or more', wording: undefined },
    ]);
    expect(alternativesOf(numbers, numbers)).toEqual([{ values: 'any number', wording: undefined }]);
  });

  it('leaves out how an answer is worded where that does not matter', () => {
    expect(alternativesOf(ways, ways.slice(0, 6))).toEqual([{ values: 'yes', wording: undefined }]);
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
    expect(alternativesOf(ways, chosen)).toEqual([{ values: 'yes or perhaps', wording }]);
  });

  it('says of something else what it is not', () => {
    const texts = ['none', 'education', 'something else'].map((value) => ({ value, label: value }));
    expect(alternativesOf(texts, texts.slice(2))).toEqual([
      { values: 'anything but none or education', wording: undefined },
    ]);
  });
});
