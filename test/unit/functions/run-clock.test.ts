import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeadlineEffect } from '../../../events/index.ts';
import { runClock } from '../../../functions/hand-off/run-clock.ts';
import type { Calendar } from '../../../shared/scoring/index.ts';
import { seeded } from '../../support/seed.ts';

/** Monday. */
const startedAt = '2026-03-02T09:00:00.000Z';
const calendar: Calendar = {
  zone: 'UTC',
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  open: '09:00',
  close: '17:00',
  holidays: [],
};

const move = (effect: DeadlineEffect, time: string) => ({
  position: '000000000009.000',
  effect,
  at: `2026-03-${time}:00.000Z`,
});

const run = async (moves: ReturnType<typeof move>[], more: { hours?: number; calendar?: Calendar } = {}) =>
  runClock({ hours: 4, startedAt, moves, ...more });

describe('the clock of a deadline', () => {
  it('runs for its hours if nothing moves it', async () => {
    expect(await run([])).toEqual({ dueAt: '2026-03-02T13:00:00.000Z' });
  });

  it('stands still from a pause on, with the time that is left', async () => {
    expect(await run([move('paused', '02T10:30')])).toEqual({
      pausedAt: '2026-03-02T10:30:00.000Z',
      leftMs: 2.5 * 3_600_000,
    });
  });

  it('goes on with what was left, however often it is paused', async () => {
    const moves = [
      move('paused', '02T10:00'),
      move('paused', '02T11:00'),
      move('resumed', '02T15:00'),
      move('resumed', '02T15:30'),
      move('paused', '02T16:00'),
      move('resumed', '03T09:00'),
    ];
    expect(await run(moves)).toEqual({ dueAt: '2026-03-03T11:00:00.000Z' });
  });

  it('begins anew after a reset, which ends a pause', async () => {
    expect(await run([move('reset', '02T12:00')])).toEqual({ dueAt: '2026-03-02T16:00:00.000Z' });
    expect(await run([move('paused', '02T10:00'), move('reset', '02T18:00')])).toEqual({
      dueAt: '2026-03-02T22:00:00.000Z',
    });
  });

  it('counts working time only', async () => {
    const working = { hours: 10, calendar };
    expect(await run([], working)).toEqual({ dueAt: '2026-03-03T11:00:00.000Z' });
    // Paused on Monday evening with 2 hours left, resumed on Saturday.
    expect(await run([move('paused', '02T20:00'), move('resumed', '07T12:00')], working)).toEqual({
      dueAt: '2026-03-09T11:00:00.000Z',
    });
  });

  it('is not moved by what comes after it has passed', async () => {
    for (const effect of ['paused', 'resumed', 'reset'] as const)
      expect(await run([move(effect, '02T13:01')])).toEqual({ dueAt: '2026-03-02T13:00:00.000Z' });
  });

  it('takes a move before its beginning for one at its beginning', async () => {
    expect(await run([move('paused', '02T07:00')])).toEqual({ pausedAt: startedAt, leftMs: 4 * 3_600_000 });
    expect(await run([move('paused', '02T07:00'), move('resumed', '02T08:00')])).toEqual({
      dueAt: '2026-03-02T13:00:00.000Z',
    });
  });

  it('is due after the hours outside of pauses, for any pauses', async () => {
    const minutes = fc.integer({ min: 1, max: 200 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(minutes, minutes), { maxLength: 6 }), async (pauses) => {
        let at = Date.parse(startedAt);
        let ran = 0;
        let stood = 0;
        const moves = pauses.flatMap(([before, length]) => {
          if (ran + before > 240) return [];
          ran += before;
          stood += length;
          const from = at + before * 60_000;
          at = from + length * 60_000;
          const position = '000000000009.000';
          return [
            { position, effect: 'paused' as const, at: new Date(from).toISOString() },
            { position, effect: 'resumed' as const, at: new Date(at).toISOString() },
          ];
        });
        const dueAt = new Date(Date.parse(startedAt) + (240 + stood) * 60_000).toISOString();
        expect(await run(moves)).toEqual({ dueAt });
      }),
      { ...seeded(), numRuns: 100 },
    );
  });
});
