import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../events/index.ts';
import { dayHorizon, evolve, mergeFacts, type SignalEvent } from '../../../shared/lead/index.ts';
import { computeDay, countWithin, type Facts, noFacts } from '../../../shared/scoring/index.ts';
import { buildSignal } from '../../support/events.ts';
import { seeded } from '../../support/seed.ts';

let next = 0;
const said = (data: { count?: number; total?: number }, at: string): SignalEvent =>
  buildSignal({ type: 'LeadActivityRecorded', data: { activity: 'visit', ...data }, at, id: `e-${next++}` });
const onDay = (day: string, time = '09:00'): string => `${day}T${time}:00.000Z`;
const total = (value: number, day: string, time?: string) => said({ total: value }, onDay(day, time));
const count = (value: number, day: string, time?: string) => said({ count: value }, onDay(day, time));

const fold = (events: readonly SignalEvent[]): Facts => events.reduce(evolve, noFacts);
const visits = (...events: SignalEvent[]) => {
  const facts = fold(events);
  expect(fold(events.toReversed())).toEqual(facts);
  const [all, last, days] = facts.activities.visit ?? [0, undefined, []];
  const byDay = days.flatMap((day, i) =>
    i % 2 === 0 ? [[new Date(day * dayMs).toISOString().slice(0, 10), days[i + 1]]] : [],
  );
  return {
    all,
    last: last === undefined ? undefined : new Date(last).toISOString().slice(0, 16),
    byDay: Object.fromEntries(byDay),
  };
};

describe('the total of an activity', () => {
  it('counts on its day when it is the first', () => {
    expect(visits(total(5, '2026-03-02'))).toEqual({
      all: 5,
      last: '2026-03-02T09:00',
      byDay: { '2026-03-02': 5 },
    });
  });

  it("counts by its growth afterwards, so that next week's export doubles nothing", () => {
    expect(visits(total(5, '2026-03-02'), total(6, '2026-03-09'))).toEqual({
      all: 6,
      last: '2026-03-09T09:00',
      byDay: { '2026-03-02': 5, '2026-03-09': 1 },
    });
  });

  it('changes nothing when it is stated again, and is no activity then', () => {
    const first = visits(total(5, '2026-03-02'));
    expect(visits(total(5, '2026-03-02'), total(5, '2026-03-02', '17:00'), total(5, '2026-03-09'))).toEqual(
      first,
    );
  });

  it('is the highest one if it falls, and grows from there', () => {
    expect(visits(total(9, '2026-03-02'), total(4, '2026-03-03'), total(10, '2026-03-04'))).toEqual({
      all: 10,
      last: '2026-03-04T09:00',
      byDay: { '2026-03-02': 9, '2026-03-04': 1 },
    });
  });

  it('counts once a day, the highest', () => {
    expect(
      visits(total(3, '2026-03-02'), total(5, '2026-03-02', '17:00'), total(4, '2026-03-02', '20:00')),
    ).toEqual({
      all: 5,
      last: '2026-03-02T17:00',
      byDay: { '2026-03-02': 5 },
    });
  });

  it('that comes late moves growth to its own day', () => {
    expect(visits(total(2, '2026-03-01'), total(9, '2026-03-09'), total(8, '2026-03-05'))).toEqual({
      all: 9,
      last: '2026-03-09T09:00',
      byDay: { '2026-03-01': 2, '2026-03-05': 6, '2026-03-09': 1 },
    });
    expect(visits(total(9, '2026-03-09'), total(9, '2026-03-05'))).toMatchObject({
      last: '2026-03-05T09:00',
      byDay: { '2026-03-05': 9 },
    });
  });

  it('adds up with counts', () => {
    expect(visits(total(5, '2026-03-02'), count(2, '2026-03-02', '12:00'), total(6, '2026-03-09'))).toEqual({
      all: 8,
      last: '2026-03-09T09:00',
      byDay: { '2026-03-02': 7, '2026-03-09': 1 },
    });
    expect(visits(count(1, '2026-03-20'), total(5, '2026-03-02'))).toMatchObject({
      last: '2026-03-20T09:00',
    });
  });

  it('of zero is no activity', () => {
    expect(visits(total(0, '2026-03-02'))).toEqual({ all: 0, last: undefined, byDay: {} });
    expect(fold([total(0, '2026-03-02')])).toEqual({ ...noFacts, seen: Date.parse(onDay('2026-03-02')) });
    expect(visits(total(0, '2026-03-02'), total(3, '2026-03-04'))).toMatchObject({ all: 3 });
  });

  it('grows from one on a day that no window reaches any more', () => {
    expect(visits(total(40, '2024-01-01'), total(50, '2024-02-01'), total(52, '2026-03-02'))).toEqual({
      all: 52,
      last: '2026-03-02T09:00',
      byDay: { '2026-03-02': 2 },
    });
    // The growth of 2 is undone by what an old export says late.
    expect(visits(total(50, '2024-02-01'), total(52, '2026-03-02'), total(60, '2024-03-01'))).toEqual({
      all: 60,
      last: '2024-03-01T09:00',
      byDay: {},
    });
  });

  it('is stored in two numbers a day, however often it is stated', () => {
    const many = Array.from({ length: 300 }, (_, i) => total(7 + (i % 2), `2026-03-${10 + (i % 20)}`));
    expect(JSON.stringify(fold(many).activities.visit).length).toBeLessThan(120);
  });

  it('of two leads that are merged is the higher, as if one lead had been counted', () => {
    const [a, b] = [fold([total(5, '2026-03-02'), count(1, '2026-03-03')]), fold([total(7, '2026-03-04')])];
    expect(mergeFacts(a, b).activities.visit?.slice(0, 2)).toEqual([8, Date.parse(onDay('2026-03-04'))]);
  });
});

describe('the counts of any activity', () => {
  const start = Date.parse('2024-03-01T00:00:00.000Z');
  const someTotals = fc
    .array(
      fc.record({
        at: fc.oneof(
          fc.integer({ min: 0, max: 800 * dayMs }),
          fc.integer({ min: 0, max: 8 }).map((step) => step * 100 * dayMs),
          fc.integer({ min: 0, max: 20 }).map((hours) => hours * 7 * 3_600_000),
        ),
        value: fc.nat(12),
        isTotal: fc.boolean(),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((list) =>
      list.map(({ at, value, isTotal }) =>
        said(isTotal ? { total: value } : { count: value + 1 }, new Date(start + at).toISOString()),
      ),
    );

  type Given = { readonly count?: number; readonly total?: number };
  const read = (events: readonly SignalEvent[]) =>
    events.map(({ metadata, data }) => ({ at: Date.parse(metadata.occurredAt), ...(data as Given) }));

  /** Counts by the definition: the counts of a day, and the growth of the highest total over all days before. */
  const countByHand = (events: readonly SignalEvent[], from: number): number => {
    const given = read(events);
    const highest = (until: number) =>
      Math.max(
        0,
        ...given.filter(({ at }) => computeDay(at) <= until).map(({ total: stated }) => stated ?? 0),
      );
    const counted = given
      .filter(({ at }) => computeDay(at) >= from)
      .reduce((sum, { count: times }) => sum + (times ?? 0), 0);
    return counted + highest(Number.POSITIVE_INFINITY) - highest(from - 1);
  };

  /** Finds the last activity by the definition: a count, or the first time at which a total of its day counts. */
  const findLast = (events: readonly SignalEvent[]): number | undefined => {
    const given = read(events);
    const highest = Math.max(0, ...given.map(({ total: stated }) => stated ?? 0));
    const first = given.filter(({ total: stated }) => stated === highest && highest > 0).map(({ at }) => at);
    const all = [...given.filter(({ count: times }) => times !== undefined).map(({ at }) => at)];
    if (first.length > 0) all.push(Math.min(...first));
    return all.length === 0 ? undefined : Math.max(...all);
  };

  it('are by definition what each window shows, in whatever order they come (I3)', () => {
    fc.assert(
      fc.property(someTotals, fc.integer({ min: 1, max: 365 }), (events, window) => {
        const facts = fold(events);
        const { visit } = facts.activities;
        const today = computeDay(facts.seen);
        expect(visit?.[0] ?? 0).toBe(countByHand(events, Number.NEGATIVE_INFINITY));
        expect(visit?.[1]).toBe(findLast(events));
        expect(visit === undefined ? 0 : countWithin(visit, today, window)).toBe(
          countByHand(events, today - window + 1),
        );
        expect(
          visit?.[2].filter((_, i) => i % 2 === 0).every((day) => day >= today - dayHorizon) ?? true,
        ).toBe(true);
      }),
      seeded(),
    );
  });

  it('are the same in every order, and when two leads are merged (I13)', () => {
    fc.assert(
      fc.property(someTotals, someTotals, fc.nat(), (a, b, at) => {
        const all = [...a, ...b];
        const rotated = [...all.slice(at % all.length), ...all.slice(0, at % all.length)].toReversed();
        expect(fold(rotated)).toEqual(fold(all));
        expect(mergeFacts(fold(a), fold(b))).toEqual(fold(all));
      }),
      seeded(),
    );
  });
});
