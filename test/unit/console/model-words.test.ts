import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Condition,
  describeCondition,
  type Vocabulary,
} from '../../../console/pages/model/words/condition-words.ts';
import { describeCriterion } from '../../../console/pages/model/words/criterion-words.ts';
import { describeAction, describeRest } from '../../../console/pages/model/words/policy-words.ts';
import { computeShares } from '../../../console/pages/model/words/shares.ts';
import { listBounds } from '../../../console/pages/model/words/tier-bounds.ts';
import { splitAuthored, withoutMarks } from '../../../console/parts/authored-marks.ts';
import { loadAllTexts, setLanguage } from '../../../console/texts/texts.ts';
import { collectConditions, type ModelDocument, parseModel } from '../../../shared/scoring/index.ts';

const read = (name: string): ModelDocument =>
  parseModel(readFileSync(`models/${name}.json`, 'utf8'), name).document;
const model = read('success-ready');

const vocabulary: Vocabulary = {
  questions: { need: { kind: 'yesNo', text: 'Is there a need?' } },
  attributes: { seniority: { kind: 'text', title: 'Seniority' } },
  activities: { demo: 'asked for a demo' },
  lanes: undefined,
  slide: undefined,
};
const say = (condition: object): string =>
  withoutMarks(describeCondition(condition as Condition, vocabulary));

beforeAll(async () => {
  Object.assign(globalThis, { document: { documentElement: {} } });
  await setLanguage('en');
  await loadAllTexts();
});

describe('a condition in words', () => {
  it.each([
    [{ attribute: 'seniority', in: ['director', 'manager'] }, 'Seniority is director or manager'],
    [{ answer: 'need', is: true }, 'the answer to “Is there a need?” is Yes'],
    [{ answer: 'need', known: false }, 'the answer to “Is there a need?” is not known'],
    [
      { activity: 'demo', atLeast: 2, withinDays: 30 },
      'the lead asked for a demo at least 2 times within 30 days',
    ],
    [{ lane: 'kind', is: 'avoid' }, 'its customer group is one to avoid'],
    [{ lane: 'pursued', is: false }, 'its customer group is not wanted'],
    [{ not: { demoReady: true } }, 'not so: it is ready for a demo'],
    [
      { all: [{ bantMet: true }, { any: [{ attribute: 'x', atLeast: 5 }, { outcome: 'won' }] }] },
      'budget, authority, need and time frame are enough and (x is at least 5 or a deal was won)',
    ],
    [{ attribute: 'constructor', is: 'x' }, 'constructor is x'],
  ])('%j', (condition, words) => {
    expect(say(condition)).toBe(words);
  });

  it.each(['success-ready', 'bant'])('has words for every condition of %s', (name) => {
    const document = read(name);
    const all = collectConditions(document);
    expect(all.length).toBeGreaterThan(0);
    for (const { path, condition } of all)
      expect(describeCondition(condition, document), path).not.toMatch(/undefined|\[object|^\s|\s$| {2}/);
  });
});

describe('a criterion in words', () => {
  const find = (id: string) => {
    const all = Object.values(model.dimensions).flatMap(({ criteria }) => criteria);
    const criterion = all.find((each) => each.id === id);
    if (criterion === undefined) throw new Error(`there is no criterion ${id}`);
    return describeCriterion(criterion, model);
  };

  it('has the points of its condition', () => {
    expect(find('executive')).toMatchObject({ rows: [{ text: '', points: '+30' }] });
  });

  it('has a row for each band, the highest first', () => {
    expect(find('company-size').rows.map(({ points }) => points)).toEqual(['+12', '+25', '+20', '+8']);
  });

  it('says how often it counts, and how its points become fewer', () => {
    expect(find('opened')).toMatchObject({
      decay: 'half is left after 14 days',
      rows: [{ points: '+2 each time, at most 10' }],
    });
  });
});

describe('a model in words', () => {
  it('has the bounds of its tiers, the best first', () => {
    expect(listBounds(model)).toEqual([
      { tier: 'excellent', from: 70, below: undefined },
      { tier: 'good', from: 50, below: 70 },
      { tier: 'risky', from: 30, below: 50 },
      { tier: 'none', from: 0, below: 30 },
    ]);
  });

  it("has the shares of the dimensions, a customer's as an opportunity's", () => {
    expect(computeShares(model, 'mql').filter(({ share }) => share > 0)).toEqual([
      { id: 'profile', share: 0.4 },
      { id: 'engagement', share: 0.4 },
      { id: 'qualification', share: 0.2 },
    ]);
    expect(computeShares(model, 'customer')).toEqual(computeShares(model, 'opportunity'));
  });

  it('says who gets a lead, and within which time', () => {
    expect(describeAction({ kind: 'handoff', queue: 'sales', dueHours: 24 })).toBe(
      'Call within 24 hours: sales',
    );
    expect(describeRest(model.policy)).toContain(
      'If sales does not answer in time: a reminder with 24 more hours, then sales-managers is notified.',
    );
  });
});

describe('in Spanish', () => {
  beforeAll(() => {
    return setLanguage('es');
  });

  it('a condition and an action have Spanish words', () => {
    expect(say({ attribute: 'seniority', in: ['a', 'b'] })).toBe('Seniority es a o b');
    expect(describeAction({ kind: 'none' })).toBe('Nada');
  });

  it('a condition has the words of the author marked, and no others', () => {
    const marked = (condition: object): string[] =>
      splitAuthored(describeCondition(condition as Condition, vocabulary)).flatMap(({ text, isAuthored }) =>
        isAuthored ? [text] : [],
      );
    expect(marked({ answer: 'need', is: true })).toEqual(['Is there a need?']);
    expect(marked({ attribute: 'seniority', in: ['a', 'b'] })).toEqual(['Seniority', 'a', 'b']);
    expect(marked({ activity: 'demo', atLeast: 2 })).toEqual(['asked for a demo']);
    expect(marked({ lane: 'kind', is: 'avoid' })).toEqual([]);
    expect(marked({ lane: 'id', is: 'unknown-group' })).toEqual(['unknown-group']);
  });
});
