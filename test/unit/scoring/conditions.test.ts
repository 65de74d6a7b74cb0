import { describe, expect, it } from 'vitest';
import { compileCondition } from '../../../shared/scoring/compile/condition.ts';
import type { Condition } from '../../../shared/scoring/document/condition.ts';
import { computeDay, type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { blankReading } from '../../../shared/scoring/read.ts';
import { no, unknown, yes } from '../../../shared/scoring/reading.ts';

const at = Date.parse('2026-03-31T12:00:00Z');
const today = computeDay(at);

const facts: Facts = {
  ...noFacts,
  seen: at,
  attributes: {
    title: ['Vice President', at],
    employees: [120, at],
    optIn: [false, at],
    tags: [['SaaS', 'b2b'], at],
    cleared: [null, at],
  },
  answers: { budget: ['approved', at] },
  activities: { visit: [7, at, [today - 40, 4, today - 9, 2, today, 1]] },
  outcomes: { renewed: [2, at, {}] },
};

const truth = (condition: Condition, bant = [yes, no, unknown, unknown]) =>
  compileCondition(condition)({ ...blankReading(facts, at), bant: bant as never });

describe('a condition over a value', () => {
  it.each<[Condition, number]>([
    [{ attribute: 'title', is: 'Vice President' }, yes],
    [{ attribute: 'title', is: 'vice president' }, yes],
    [{ attribute: 'title', is: 'Vice' }, no],
    [{ attribute: 'title', in: ['CEO', 'VICE PRESIDENT'] }, yes],
    [{ attribute: 'title', notIn: ['VICE PRESIDENT'] }, no],
    [{ attribute: 'title', hasWord: 'president' }, yes],
    [{ attribute: 'title', hasWord: 'vice president' }, yes],
    [{ attribute: 'title', hasWord: 'dent' }, no],
    [{ attribute: 'tags', hasWord: 'saas' }, yes],
    [{ attribute: 'tags', hasWord: 'saa' }, no],
    [{ attribute: 'employees', hasWord: '120' }, no],
    [{ attribute: 'employees', is: '120' }, yes],
    [{ attribute: 'employees', isNot: '120' }, no],
    [{ attribute: 'employees', is: '0120' }, no],
    [{ attribute: 'optIn', is: 'FALSE' }, yes],
    [{ attribute: 'title', isNot: 'CEO' }, yes],
    [{ attribute: 'title', isNot: 'Vice President' }, no],
    [{ attribute: 'title', in: ['CEO', 'Vice President'] }, yes],
    [{ attribute: 'title', in: ['CEO'] }, no],
    [{ attribute: 'title', notIn: ['CEO'] }, yes],
    [{ attribute: 'title', notIn: ['Vice President'] }, no],
    [{ attribute: 'title', contains: 'PRESIDENT' }, yes],
    [{ attribute: 'title', contains: 'chief' }, no],
    [{ attribute: 'title', startsWith: 'vice' }, yes],
    [{ attribute: 'title', startsWith: 'president' }, no],
    [{ attribute: 'title', endsWith: 'dent' }, yes],
    [{ attribute: 'title', endsWith: 'vice' }, no],
    [{ attribute: 'tags', contains: 'saas' }, yes],
    [{ attribute: 'tags', contains: 'saa' }, no],
    [{ attribute: 'employees', atLeast: 120 }, yes],
    [{ attribute: 'employees', atLeast: 121 }, no],
    [{ attribute: 'employees', atMost: 120 }, yes],
    [{ attribute: 'employees', atMost: 119 }, no],
    [{ attribute: 'employees', above: 119 }, yes],
    [{ attribute: 'employees', above: 120 }, no],
    [{ attribute: 'employees', below: 121 }, yes],
    [{ attribute: 'employees', below: 120 }, no],
    [{ attribute: 'employees', atLeast: 100, below: 200 }, yes],
    [{ attribute: 'employees', atLeast: 100, below: 110 }, no],
    [{ attribute: 'title', atLeast: 1 }, no],
    [{ attribute: 'optIn', is: false }, yes],
    [{ answer: 'budget', in: ['approved', 'planned'] }, yes],
    [{ attribute: 'title', known: true }, yes],
    [{ attribute: 'title', known: false }, no],
  ])('%j is %i', (condition, expected) => expect(truth(condition)).toBe(expected));

  it('is unknown where nobody has said the value, or somebody has cleared it', () => {
    expect(truth({ attribute: 'missing', is: 'x' })).toBe(unknown);
    expect(truth({ attribute: 'cleared', isNot: 'x' })).toBe(unknown);
    expect(truth({ attribute: 'missing', known: true })).toBe(no);
    expect(truth({ attribute: 'cleared', known: false })).toBe(yes);
  });

  it('reads own properties only, so that names which objects inherit are unknown', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'valueOf']) {
      expect(truth({ attribute: name, known: true })).toBe(no);
      expect(truth({ answer: name, isNot: 'x' })).toBe(unknown);
      expect(truth({ activity: name })).toBe(no);
    }
  });
});

describe('a condition over counts', () => {
  it.each<[Condition, number]>([
    [{ activity: 'visit' }, yes],
    [{ activity: 'never' }, no],
    [{ activity: 'never', atMost: 0 }, yes],
    [{ activity: 'visit', atLeast: 7 }, yes],
    [{ activity: 'visit', atLeast: 8 }, no],
    [{ activity: 'visit', withinDays: 1 }, yes],
    [{ activity: 'visit', withinDays: 10, atLeast: 3 }, yes],
    [{ activity: 'visit', withinDays: 9, atLeast: 3 }, no],
    [{ activity: 'visit', withinDays: 41, atLeast: 7 }, yes],
    [{ outcome: 'renewed', atLeast: 2 }, yes],
    [{ outcome: 'renewed', atLeast: 3 }, no],
    [{ outcome: 'churned' }, no],
  ])('%j is %i', (condition, expected) => expect(truth(condition)).toBe(expected));
});

describe('a condition over conditions', () => {
  const t: Condition = { attribute: 'title', known: true };
  const f: Condition = { attribute: 'title', known: false };
  const u: Condition = { attribute: 'missing', is: 1 };

  it.each<[string, Condition, number]>([
    ['all of yes and unknown is unknown', { all: [t, u] }, unknown],
    ['all of no and unknown is no', { all: [u, f] }, no],
    ['all of yes is yes', { all: [t, t] }, yes],
    ['any of yes and unknown is yes', { any: [u, t] }, yes],
    ['any of no and unknown is unknown', { any: [f, u] }, unknown],
    ['any of no is no', { any: [f, f] }, no],
    ['not unknown is unknown', { not: u }, unknown],
    ['not yes is no', { not: t }, no],
    ['a passing letter passes', { bant: 'budget', is: 'pass' }, yes],
    ['a failing letter does not pass', { bant: 'authority', is: 'pass' }, no],
    ['an open letter is unknown', { bant: 'need', is: 'pass' }, unknown],
    ['an open letter is known to be open', { bant: 'need', is: 'unknown' }, yes],
  ])('%s', (_, condition, expected) => expect(truth(condition)).toBe(expected));
});
