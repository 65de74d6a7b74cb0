import { describe, expect, it } from 'vitest';
import { readPeriod } from '../../../console/pages/funnel/period.ts';

const now = Date.parse('2026-03-31T22:30:00Z');
const read = (query: string) => readPeriod(new URLSearchParams(query), now);

describe('the time that the page Funnel shows', () => {
  it('is the last 90 days in UTC, today included, if the address says nothing', () => {
    expect(read('')).toMatchObject({ from: '2026-01-01', to: '2026-03-31', preset: 90, problem: undefined });
  });

  it('is a length that the address names', () => {
    expect(read('days=7')).toMatchObject({ from: '2026-03-25', to: '2026-03-31', preset: 7 });
  });

  it('is the days that the address names, rather than a length', () => {
    const period = read('from=2026-02-01&to=2026-02-28&days=7');
    expect(period).toMatchObject({
      from: '2026-02-01',
      to: '2026-02-28',
      preset: undefined,
      problem: undefined,
    });
  });

  it('ends today without a last day, and is 90 days long without a first one', () => {
    expect(read('from=2026-03-01')).toMatchObject({
      from: '2026-03-01',
      to: '2026-03-31',
      problem: undefined,
    });
    expect(read('to=2026-03-31')).toMatchObject({ from: '2026-01-01', to: '2026-03-31', problem: undefined });
  });

  it('may be 366 days long, and no day longer', () => {
    expect(read('from=2025-03-31&to=2026-03-31').problem).toBeUndefined();
    expect(read('from=2025-03-30&to=2026-03-31').problem).toEqual({
      field: 'from',
      given: '2025-03-30',
      reason: 'too-long',
    });
  });

  it.each([
    ['from=2026-02-30&to=2026-03-01', 'from', '2026-02-30', 'no-day'],
    ['from=yesterday', 'from', 'yesterday', 'no-day'],
    ['to=2026-3-1', 'to', '2026-3-1', 'no-day'],
    ['from=2026-03-02&to=2026-03-01', 'from', '2026-03-02', 'after-end'],
    ['days=8', 'days', '8', 'no-preset'],
  ])('names the field and the value of %s', (query, field, given, reason) => {
    expect(read(query).problem).toEqual({ field, given, reason });
  });
});
