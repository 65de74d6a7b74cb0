import { describe, expect, it } from 'vitest';
import { dimensionWords } from '../../../cli/explain/dimension-words.ts';
import { evolve, mergeFacts } from '../../../shared/lead/index.ts';
import {
  checkModel,
  createCandidatesAfter,
  evaluate,
  explain,
  type Facts,
  noFacts,
} from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const counting = (each: object, points = 5, max = 20) => {
  const document = smallDocument();
  const visits = { id: 'visits', text: 'opened mails', each, points, max };
  return compileDocument({
    ...document,
    dimensions: { ...document.dimensions, interest: { title: 'Interest', base: 40, criteria: [visits] } },
  });
};

const opened = (at: string, count = 1) =>
  buildSignal({ type: 'LeadActivityRecorded', data: { activity: 'mail_opened', count }, at });

const fold = (...signals: readonly ReturnType<typeof opened>[]): Facts => signals.reduce(evolve, noFacts);

const interest = (model: ReturnType<typeof counting>, facts: Facts) =>
  (evaluate(model, facts, 'lead', facts.seen).dimensions[0] ?? 0) - 40;

const perDay = { activity: 'mail_opened', per: 'day' };

describe('an activity that is counted per day', () => {
  it('counts once a day, however often it occurred', () => {
    const facts = fold(opened('2026-03-01T09:00:00.000Z', 8), opened('2026-03-01T23:59:59.999Z', 3));
    expect(interest(counting(perDay), facts)).toBe(5);
    expect(interest(counting({ activity: 'mail_opened' }), facts)).toBe(20);
  });

  it('counts each UTC day, up to its most points', () => {
    const days = ['01', '02', '04'].map((day) => opened(`2026-03-${day}T00:00:00.000Z`, 4));
    expect(interest(counting(perDay), fold(...days))).toBe(15);
    expect(interest(counting(perDay, 5, 12), fold(...days))).toBe(12);
    expect(interest(counting(perDay, -5, 12), fold(...days))).toBe(-12);
    expect(interest(counting(perDay), fold(...days.toReversed()))).toBe(15);
  });

  it('counts the days of a window only', () => {
    const facts = fold(
      opened('2026-03-01T09:00:00.000Z'),
      opened('2026-03-08T09:00:00.000Z'),
      opened('2026-03-10T09:00:00.000Z', 2),
    );
    expect(
      [1, 2, 3, 9, 10].map((withinDays) => interest(counting({ ...perDay, withinDays }), facts)),
    ).toEqual([5, 5, 10, 10, 15]);
  });

  it('counts the last 365 days without a window, whatever came late', () => {
    const late = opened('2025-03-10T09:00:00.000Z');
    const first = opened('2025-03-11T09:00:00.000Z');
    const last = opened('2026-03-10T09:00:00.000Z');
    expect(interest(counting(perDay), fold(last, late))).toBe(5);
    expect(interest(counting(perDay), fold(last, first))).toBe(10);
    expect(interest(counting(perDay), fold(late, first, last))).toBe(10);
  });

  it('counts a day of two merged leads once', () => {
    const a = fold(opened('2026-03-01T09:00:00.000Z'));
    const b = fold(opened('2026-03-01T10:00:00.000Z'), opened('2026-03-02T10:00:00.000Z'));
    expect(interest(counting(perDay), mergeFacts(a, b))).toBe(10);
  });

  it('gives nothing for what never occurred, and is known all the same', () => {
    const { score, coverage } = evaluate(counting(perDay), noFacts, 'lead', 0);
    expect([score, coverage]).toEqual([20, 0.5]);
  });

  it('is explained by its days', () => {
    const explained = (facts: Facts) => {
      const explanation = explain(counting(perDay), facts, 'lead', facts.seen);
      return explanation.dimensions
        .slice(0, 1)
        .flatMap((one) => dimensionWords(one, explanation))
        .at(-1);
    };
    const one = opened('2026-03-01T09:00:00.000Z', 9);
    expect(explained(fold(one))).toBe('      +5  the lead opened mails (on 1 day)');
    expect(explained(fold(one, opened('2026-03-02T09:00:00.000Z')))).toBe(
      '     +10  the lead opened mails (on 2 days)',
    );
  });

  it('leaves it open what more days would make, since a change is one day', () => {
    const { document } = counting(perDay);
    expect(createCandidatesAfter(document)({})).toMatchObject({ complete: false });
    expect(createCandidatesAfter(document)({}).activities.get('mail_opened')).toEqual([0, 1]);
  });

  it('is the only way to count differently', () => {
    const document = smallDocument();
    Object.assign(document.dimensions.interest.criteria[1] ?? {}, {
      each: { activity: 'page_visited', per: 'week' },
    });
    const checked = checkModel(document);
    expect(checked.ok ? [] : checked.problems).toEqual([
      {
        path: 'dimensions.interest.criteria[1].each.per',
        given: '"week"',
        allowed: expect.stringContaining('day'),
      },
    ]);
  });
});
