import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactValue } from '../../../events/index.ts';
import { buildFacts } from '../../../shared/facts-document/index.ts';
import { evolve, judge } from '../../../shared/lead/index.ts';
import { type Facts, noFacts, readNumber } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { wholeDocument } from '../scoring/check-document.ts';

const at = '2026-03-01T09:00:00.000Z';

/** The whole model, with rules that read texts, lists and numbers that it doesn't describe. */
const model = (() => {
  const document = wholeDocument();
  const extra = [
    { id: 'city', text: 'is there', when: { attribute: 'city', is: 'São Paulo' }, points: 7 },
    { id: 'cities', text: 'is here', when: { attribute: 'city', in: ['Zürich', 'ÖSTERSUND'] }, points: 5 },
    { id: 'other-city', text: 'is not there', when: { attribute: 'city', notIn: ['Zürich'] }, points: -3 },
    { id: 'part', text: 'has a part', when: { attribute: 'jobTitle', contains: 'größe' }, points: 11 },
    { id: 'start', text: 'starts so', when: { attribute: 'jobTitle', startsWith: 'vice' }, points: 13 },
    { id: 'end', text: 'ends so', when: { attribute: 'jobTitle', endsWith: 'CTO' }, points: 17 },
    { id: 'word', text: 'has the word', when: { attribute: 'jobTitle', hasWord: 'cto' }, points: 19 },
    {
      id: 'region',
      text: 'is in a region',
      of: { attribute: 'region' },
      table: { 'Île-de-France': 23, Bayern: 2 },
    },
    { id: 'grade', text: 'has a grade', of: { attribute: 'grade' }, table: { '1': 3, '2.5': 9, true: 1 } },
  ];
  const { attributes: _, ...rest } = document;
  const { fit } = document.dimensions;
  return compileDocument({
    ...rest,
    dimensions: { ...document.dimensions, fit: { ...fit, base: 20, criteria: [...fit.criteria, ...extra] } },
  });
})();

interface Said {
  readonly attributes: Readonly<Record<string, FactValue>>;
  readonly answers: Readonly<Record<string, FactValue>>;
}

const plain: fc.Arbitrary<Said> = fc.record({
  attributes: fc.record(
    {
      seniority: fc.constantFrom('executive', 'manager', 'other'),
      employees: fc.constantFrom(5, 120, 700, 0.5, -3),
      jobTitle: fc.constantFrom('Vice President', 'Head of Größe', 'Founder & CTO', 'CTO, EMEA', 'Doctor'),
      city: fc.constantFrom('São Paulo', 'Zürich', 'Östersund', 'Kyōto'),
      region: fc.constantFrom('Île-de-France', 'Bayern', 'Bremen'),
      grade: fc.constantFrom<FactValue>(1, 2.5, true, 3),
    },
    { requiredKeys: ['city'] },
  ),
  answers: fc.record(
    {
      budget: fc.constantFrom('approved', 'planned', 'none'),
      months: fc.constantFrom(0, 3, 12, 36),
      decides: fc.boolean(),
      tools: fc.subarray(['CRM', 'Billing'], { minLength: 1 }),
    },
    { requiredKeys: ['budget'] },
  ),
});

const blanks = fc.constantFrom('', ' ', '\u00a0', '\u202f', '\ufeff', '\u0085', '\n\t', '\u3000 ');
const forms = fc.constantFrom<'NFC' | 'NFD'>('NFC', 'NFD');
const cases = fc.constantFrom<((text: string) => string)[]>(
  (text) => text,
  (text) => text.toLowerCase(),
  // No SS for ß: that is another text.
  (text) =>
    [...text].map((letter) => (letter.toUpperCase().length === 1 ? letter.toUpperCase() : letter)).join(''),
);

interface Spelling {
  readonly before: string;
  readonly after: string;
  readonly form: 'NFC' | 'NFD';
  readonly inCase: (text: string) => string;
  readonly asText: boolean;
}

const spelling: fc.Arbitrary<Spelling> = fc.record({
  before: blanks,
  after: blanks,
  form: forms,
  inCase: cases as fc.Arbitrary<(text: string) => string>,
  asText: fc.boolean(),
});

const spellText = (text: string, { before, after, form, inCase }: Spelling): string =>
  `${before}${inCase(text).normalize(form)}${after}`;

const spell = (value: FactValue, how: Spelling): FactValue => {
  if (Array.isArray(value)) return [...value.map((entry) => spellText(entry, how)), how.before];
  if (typeof value === 'string') return spellText(value, how);
  return how.asText && value !== null ? spellText(String(value), how) : value;
};

/** Spells all that is said anew; names that are left out are sometimes stated as empty. */
const spellAll = (said: Said, how: Spelling): Said => {
  const bag = (values: Said['attributes'], names: readonly string[]) => ({
    ...Object.fromEntries(names.map((name) => [name, how.before])),
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, spell(value, how)])),
  });
  return {
    attributes: bag(said.attributes, ['seniority', 'jobTitle', 'region', 'grade']),
    answers: bag(said.answers, ['months', 'decides']),
  };
};

const wrapped = (answers: Said['answers']) =>
  Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, { value }]));

const byEvents = ({ attributes, answers }: Said): Facts =>
  [
    buildSignal({ type: 'LeadProfileUpdated', data: { attributes }, at }),
    buildSignal({ type: 'LeadAnswersRecorded', data: { answers: wrapped(answers) }, at }),
  ].reduce(evolve, noFacts);

const byFactsFile = ({ attributes, answers }: Said): Facts =>
  buildFacts(
    { at, attributes, answers: wrapped(answers), activities: {}, outcomes: {} } as never,
    Date.parse(at),
  );

/** Returns facts without the case of their texts, numbers and booleans as such, and without those that are cleared. */
const essence = ({ attributes, answers }: Facts) => {
  const value = (given: FactValue): FactValue => {
    if (Array.isArray(given)) return given.map((entry) => entry.toLowerCase());
    if (typeof given !== 'string') return given;
    const text = given.toLowerCase();
    return readNumber(text) ?? (text === 'true' ? true : text);
  };
  const bag = (facts: Facts['attributes'] | Facts['answers']) =>
    Object.fromEntries(
      Object.entries(facts)
        .filter(([, fact]) => fact[0] !== null)
        .map(([name, [given, when]]) => [name, [given === false ? 'false' : value(given), when]]),
    );
  return { attributes: bag(attributes), answers: bag(answers) };
};

describe('values in any spelling', () => {
  it('I17: give the same facts, score and coverage, by events and by a file of facts', () => {
    fc.assert(
      fc.property(plain, spelling, (said, how) => {
        const spelt = spellAll(said, how);
        const known = byEvents(said);
        const expected = judge(model, known, 'none').standing;
        for (const facts of [byEvents(spelt), byFactsFile(spelt)]) {
          expect(essence(facts)).toEqual(essence(known));
          expect(judge(model, facts, 'none').standing).toEqual(expected);
        }
        expect(byFactsFile(said)).toEqual(known);
      }),
      seeded(),
    );
  });

  it('are stored as one if they differ in blanks and composition alone', () => {
    const said: Said = { attributes: { city: 'São Paulo' }, answers: { budget: 'approved' } };
    const spelt: Said = {
      attributes: { city: '\u00a0Sa\u0303o Paulo\n' },
      answers: { budget: ' approved\ufeff' },
    };
    expect(byEvents(spelt)).toEqual(byEvents(said));
  });

  it.each<[string, FactValue]>([
    ['an empty text', ''],
    ['blanks', ' \u00a0'],
    ['a list of empty texts', ['', ' ']],
  ])('are cleared by %s as by null', (_, empty) => {
    const before = byEvents({ attributes: { city: 'Zürich' }, answers: { budget: 'approved' } });
    const cleared = (value: FactValue) =>
      [
        buildSignal({
          type: 'LeadProfileUpdated',
          data: { attributes: { city: value } },
          at: '2026-03-02T09:00:00.000Z',
        }),
        buildSignal({
          type: 'LeadAnswersRecorded',
          data: { answers: { budget: { value } } },
          at: '2026-03-02T09:00:00.000Z',
        }),
      ].reduce(evolve, before);
    expect(cleared(empty)).toEqual(cleared(null));
  });

  it('contradict each other no more than null or the same answer does', () => {
    const contradictions = (...values: FactValue[]) => {
      const facts = values
        .map((value, day) =>
          buildSignal({
            type: 'LeadAnswersRecorded',
            data: { answers: { budget: { value } } },
            at: `2026-03-0${day + 1}T09:00:00.000Z`,
          }),
        )
        .reduce(evolve, noFacts);
      return judge(model, facts, 'none').standing.score;
    };
    const steady = contradictions('approved');
    expect(contradictions('approved', ' APPROVED ')).toBe(steady);
    expect(contradictions('approved', 'none', 'approved')).toBeLessThan(steady);
    expect(contradictions('approved', '')).toBe(contradictions('approved', null));
    expect(contradictions('none', '', 'approved')).toBe(steady);
  });

  it('of an empty text say nothing, so that no wording is known', () => {
    const answer = (text: string) =>
      buildSignal({ type: 'LeadAnswersRecorded', data: { answers: { issue: { value: 'said', text } } }, at });
    expect(['', ' \u00a0'].map((text) => evolve(noFacts, answer(text)).answers.issue)).toEqual([
      ['said', Date.parse(at)],
      ['said', Date.parse(at)],
    ]);
    expect(evolve(noFacts, answer('  We lose 3 days. ')).answers.issue?.[2]).toEqual([4, 1]);
  });
});
