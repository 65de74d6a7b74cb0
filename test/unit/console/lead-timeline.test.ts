import { describe, expect, it } from 'vitest';
import { groupByDay } from '../../../console/pages/lead/timeline/group-by-day.ts';
import { listStays } from '../../../console/pages/lead/timeline/stays.ts';
import type { Entry } from '../../../console/pages/lead/types.ts';
import { formatDuration } from '../../../console/parts/duration.ts';

const at = (occurredAt: string) => ({ occurredAt });

describe('the timeline of a lead', () => {
  it('groups entries by the day of the zone in which they are read', () => {
    const entries = [
      at('2026-03-02T00:30:00.000Z'),
      at('2026-03-01T23:30:00.000Z'),
      at('2026-03-01T22:30:00.000Z'),
    ];
    expect(groupByDay(entries, 'UTC').map(({ day, entries: { length } }) => [day, length])).toEqual([
      ['2026-03-02', 1],
      ['2026-03-01', 2],
    ]);
    expect(groupByDay(entries, 'Europe/Madrid').map(({ day, entries: { length } }) => [day, length])).toEqual(
      [
        ['2026-03-02', 2],
        ['2026-03-01', 1],
      ],
    );
  });

  it('leaves no entry out on the day on which the clock goes back', () => {
    const entries = [at('2026-10-25T00:30:00.000Z'), at('2026-10-25T01:30:00.000Z')];
    expect(groupByDay(entries, 'Europe/Madrid')).toEqual([{ day: '2026-10-25', entries }]);
  });
});

const moved = (occurredAt: string, version: number, from: string | null, to: string): Entry =>
  ({
    kind: 'decided',
    occurredAt,
    version,
    ordinal: 0,
    changes: [{ type: 'LeadStageTransitioned', from, to, kind: 'advanced', trigger: 'stated' }],
  }) as unknown as Entry;

describe('the time at each stage', () => {
  it('lasts from one move to the next, and goes on at the last stage', () => {
    const entries = [
      moved('2026-03-11T09:00:00.000Z', 2, 'subscriber', 'mql'),
      moved('2026-03-01T09:00:00.000Z', 1, null, 'subscriber'),
    ];
    const [first, second] = [Date.parse('2026-03-01T09:00Z'), Date.parse('2026-03-11T09:00Z')];
    expect(listStays(entries)).toEqual([
      { stage: 'subscriber', from: first, to: second },
      { stage: 'mql', from: second, to: undefined },
    ]);
  });

  it('has no beginning as long as the entry that began it was not loaded', () => {
    expect(listStays([moved('2026-03-11T09:00:00.000Z', 7, 'mql', 'sql')])[0]).toEqual({
      stage: 'mql',
      from: undefined,
      to: Date.parse('2026-03-11T09:00Z'),
    });
  });

  it('counts no move to the stage at which the lead is', () => {
    expect(listStays([moved('2026-03-11T09:00:00.000Z', 7, 'mql', 'mql')])).toEqual([]);
  });

  it.each([
    [90_000_000, 'en', '1 day'],
    [7_200_000, 'en', '2 hours'],
    [7_200_000, 'es', '2 horas'],
    [10, 'en', '0 minutes'],
  ])('says %d ms in %s as %s', (ms, tag, said) => {
    expect(formatDuration(ms, tag)).toBe(said);
  });
});
