import { hourMs } from '../../events/index.ts';
import type { DeadlineClock, DeadlineMove } from '../../shared/follow-ups/index.ts';
import type { Calendar } from '../../shared/scoring/index.ts';
import { addWorkingTime, measureWorkingTime } from './working-time.ts';

export interface ClockProps {
  /** The working time until the deadline, in hours. */
  readonly hours: number;
  /** The instant from which it counts: UTC, ISO 8601. */
  readonly startedAt: string;
  /** Its moves, in the order of instants. A move before `startedAt` counts as one at that instant. */
  readonly moves: readonly DeadlineMove[];
  /** @default all hours are working time */
  readonly calendar?: Calendar | undefined;
}

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Computes how a deadline stands after all that has moved it. It depends on the set of moves only, and not on the order
 * in which they arrived. A pause keeps the working time that is left; after a reset, all of it counts again from then on,
 * and a pause is over. A move after the deadline has passed doesn't call it back.
 */
export const runClock = async ({ hours, startedAt, moves, calendar }: ClockProps): Promise<DeadlineClock> => {
  const start = Date.parse(startedAt);
  const wholeMs = Math.round(hours * hourMs);
  let leftMs = wholeMs;
  let since = start;
  let isPaused = false;
  for (const move of moves) {
    const at = Math.max(start, Date.parse(move.at));
    if (!isPaused && (await addWorkingTime(since, leftMs / hourMs, calendar)) < at) break;
    switch (move.effect) {
      case 'reset':
        [leftMs, since, isPaused] = [wholeMs, at, false];
        break;
      case 'paused':
        if (isPaused) break;
        leftMs -= Math.round((await measureWorkingTime(since, at, calendar)) * hourMs);
        [since, isPaused] = [at, true];
        break;
      case 'resumed':
        if (isPaused) [since, isPaused] = [at, false];
        break;
      default:
        move.effect satisfies never;
    }
  }
  return isPaused
    ? { pausedAt: iso(since), leftMs }
    : { dueAt: iso(await addWorkingTime(since, leftMs / hourMs, calendar)) };
};

export const isSameClock = (a: DeadlineClock, b: DeadlineClock): boolean =>
  'dueAt' in a
    ? 'dueAt' in b && a.dueAt === b.dueAt
    : 'pausedAt' in b && a.pausedAt === b.pausedAt && a.leftMs === b.leftMs;
