import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs, weekdays } from '../../../events/index.ts';
import { addWorkingTime, measureWorkingTime } from '../../../functions/hand-off/working-time.ts';
import type { Calendar } from '../../../shared/scoring/index.ts';
import { seeded } from '../../support/seed.ts';

const berlin: Calendar = {
  zone: 'Europe/Berlin',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  open: '09:00',
  close: '17:00',
  holidays: ['2026-04-03', '2026-04-06'],
};
const always: Calendar = { ...berlin, days: [...weekdays], open: '00:00', close: '23:59', holidays: [] };

const add = async (from: string, hours: number, calendar?: Calendar): Promise<string> =>
  new Date(await addWorkingTime(Date.parse(from), hours, calendar)).toISOString();

describe('working time', () => {
  it.each<[string, string, number, Calendar | undefined, string]>([
    [
      'counts all hours without a calendar',
      '2026-03-28T12:34:56.789Z',
      24,
      undefined,
      '2026-03-29T12:34:56.789Z',
    ],
    ['ends within a day', '2026-03-25T08:00:00Z', 2.5, berlin, '2026-03-25T10:30:00.000Z'],
    ['begins when the day opens', '2026-03-25T02:00:00Z', 1, berlin, '2026-03-25T09:00:00.000Z'],
    ['may end when the day closes', '2026-03-25T14:00:00Z', 2, berlin, '2026-03-25T16:00:00.000Z'],
    ['goes on the next day after it closed', '2026-03-25T16:00:00Z', 1, berlin, '2026-03-26T09:00:00.000Z'],
    // Friday 16:30 in winter, Monday 10:30 in summer.
    [
      'goes over a weekend on which the clocks go forward',
      '2026-03-27T15:30:00Z',
      2,
      berlin,
      '2026-03-30T08:30:00.000Z',
    ],
    [
      'goes over a weekend on which the clocks go back',
      '2026-10-23T14:30:00Z',
      2,
      berlin,
      '2026-10-26T09:30:00.000Z',
    ],
    ['leaves out holidays beside a weekend', '2026-04-02T14:00:00Z', 4, berlin, '2026-04-07T10:00:00.000Z'],
    ['counts minutes', '2026-10-23T14:59:00Z', 1 / 60, berlin, '2026-10-23T15:00:00.000Z'],
    [
      'has 22:59 hours on the day that the clocks go forward',
      '2026-03-28T23:00:00Z',
      23,
      always,
      '2026-03-29T22:01:00.000Z',
    ],
    [
      'has 24:59 hours on the day that the clocks go back',
      '2026-10-24T22:00:00Z',
      25,
      always,
      '2026-10-25T23:01:00.000Z',
    ],
    [
      'does not count the minute after a close at 23:59',
      '2026-06-01T21:58:00Z',
      2 / 60,
      always,
      '2026-06-01T22:01:00.000Z',
    ],
    ['reaches far', '2026-01-05T08:00:00Z', 8_760, { ...berlin, holidays: [] }, '2030-03-15T16:00:00.000Z'],
  ])('%s', async (_, from, hours, calendar, due) => {
    expect(await add(from, hours, calendar)).toBe(due);
  });

  it('ends after ten years at the latest, however little of it there is', async () => {
    const from = Date.parse('2026-01-01T00:00:00Z');
    const minuteAWeek: Calendar = { ...berlin, days: ['mon'], open: '09:00', close: '09:01' };
    expect(await addWorkingTime(from, 8_760, minuteAWeek)).toBe(from + 3_660 * dayMs);
    expect(await measureWorkingTime(from, from + 14 * dayMs, minuteAWeek)).toBe(2 / 60);
  });

  it('between two instants is what has to be added to the first to reach the second', async () => {
    const from = Date.parse('2026-03-27T15:30:00Z');
    const to = Date.parse('2026-03-30T08:30:00Z');
    expect(await measureWorkingTime(from, to, berlin)).toBe(2);
    expect(await measureWorkingTime(to, from, berlin)).toBe(0);
    expect(await measureWorkingTime(from, to)).toBe((to - from) / hourMs);
  });
});

/** Returns a test of whether a minute is working time, by what the clocks in the zone show. */
const createIsWorking = ({ zone, days, open, close, holidays }: Calendar) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at: number): boolean => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const time = `${parts.get('hour')}:${parts.get('minute')}`;
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
    const isDay = days.some((day) => day === parts.get('weekday')?.toLowerCase());
    return isDay && !holidays.includes(date) && time >= open && time < close;
  };
};

const pad = (n: number): string => String(n).padStart(2, '0');

describe('working time, minute by minute', () => {
  // The nights on which clocks change, so that histories begin around them: two of each zone.
  const changes = [
    ['Europe/Berlin', '2026-03-29', '2026-10-25'],
    ['America/New_York', '2026-03-08', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-10-04'],
    ['Asia/Kolkata', '2026-01-01', '2026-07-01'],
    ['Pacific/Chatham', '2026-04-05', '2026-09-27'],
  ] as const;
  const calendars = fc.constantFrom(...changes).chain(([zone, ...nights]) =>
    fc.record({
      calendar: fc.record({
        zone: fc.constant(zone),
        days: fc.subarray([...weekdays], { minLength: 1 }),
        // Clocks change between 1 and 4 o'clock, where `open` and `close` follow a rule of their own.
        open: fc.tuple(fc.constantFrom(0, 5, 7, 9), fc.integer({ min: 0, max: 59 })),
        close: fc.tuple(fc.constantFrom(10, 12, 17, 23), fc.integer({ min: 0, max: 59 })),
        holidays: fc.subarray(
          nights.map((night) => night),
          { minLength: 0 },
        ),
      }),
      night: fc.constantFrom(...nights),
      before: fc.integer({ min: 0, max: 4 * 24 * 60 }),
      minutes: fc.integer({ min: 1, max: 2 * 24 * 60 }),
    }),
  );

  it('is the same as a walk that looks at the clock each minute', async () => {
    await fc.assert(
      fc.asyncProperty(calendars, async ({ calendar: given, night, before, minutes }) => {
        const calendar: Calendar = {
          ...given,
          open: given.open.map(pad).join(':'),
          close: given.close.map(pad).join(':'),
        };
        const isWorking = createIsWorking(calendar);
        const from = Date.parse(`${night}T12:00:00Z`) - before * minuteMs;
        const end = from + 9 * dayMs;
        let at = from;
        let left = minutes;
        for (; left > 0 && at < end; at += minuteMs) if (isWorking(at)) left--;
        const worked = (minutes - left) / 60;
        expect(await measureWorkingTime(from, at, calendar)).toBeCloseTo(worked, 9);
        if (left === 0) expect(await addWorkingTime(from, minutes / 60, calendar)).toBe(at);
        else expect(await addWorkingTime(from, minutes / 60, calendar)).toBeGreaterThan(end);
      }),
      { ...seeded(), numRuns: 60 },
    );
  });
});
