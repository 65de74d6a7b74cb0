import { describe, expect, it } from 'vitest';
import type { AnswersSignal } from '../../../shared/lead/index.ts';
import { measureWording } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';

const normalizeAnswers = (answers: object) =>
  (buildSignal({ type: 'LeadAnswersRecorded', data: { answers, askedBy: 'sales-7' } }) as AnswersSignal).data;

describe('wording', () => {
  it.each([
    ['', 0, 0],
    ['No.', 1, 0],
    ['We lose two days a month, about 90,000 a year.', 10, 1],
    ['By 1 July 2026.', 4, 2],
    ['??? !!! …', 0, 0],
    ['毎月二日を手作業で失っています。', 9, 0],
    ['売上は2026年に30%増加します', 9, 2],
    ['نخسر يومين كل شهر', 4, 0],
    ['٩٠ ألف في السنة', 4, 1],
    ['เราเสียเวลาสองวันทุกเดือน', 6, 0],
    ['👩‍💻 🚀', 0, 0],
  ])('of %j is %i words, %i with figures', (text, words, figures) => {
    const [counted, withFigures] = measureWording(text);
    expect(withFigures).toBe(figures);
    // ICU's dictionaries may cut a word of a script without spaces in another place from one release to the next.
    if (/[぀-ヿ一-鿿฀-๿]/u.test(text)) expect(Math.abs(counted - words)).toBeLessThanOrEqual(3);
    else expect(counted).toBe(words);
  });

  it('is measured in a short time even for the longest answer', () => {
    expect(measureWording('word '.repeat(2_000))).toEqual([2_000, 0]);
  });
});

describe('an inbound answer', () => {
  it('is recorded without its text, which is measured', () => {
    const data = normalizeAnswers({ delta: { value: 'said', text: 'About 90,000 a year.' } });
    expect(data.answers).toEqual({ delta: { value: 'said', wording: [4, 1] } });
    expect(JSON.stringify(data)).not.toContain('year');
    expect(data).toMatchObject({ leadId: 'l-1', askedBy: 'sales-7' });
  });

  it.each([['approved'], ['two days a month'], [12], [true], [null], [['it', 'legal']]])(
    'measures nothing of the value %j, which is recorded unchanged',
    (value) => expect(normalizeAnswers({ q: { value } }).answers).toEqual({ q: { value } }),
  );
});
