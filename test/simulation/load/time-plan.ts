import type { Random } from '../random.ts';
import { start } from './instants.ts';

/** A stretch of virtual time, in milliseconds since 1970. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The part of a plan that is about time. */
export interface TimePlan {
  /** The time in which events are sent, in milliseconds; 0 in a world in which all of them are sent at once. */
  readonly spanMs: number;
  /** The share of events that are sent hours or weeks after they occurred. */
  readonly lateness: number;
  /** The probability that a lead has history that is loaded at some time. */
  readonly backfilling: number;
  /** When `advance-leads` isn't woken. */
  readonly outages: readonly Stretch[];
  /** When the tables are unavailable, so that nothing is processed. */
  readonly breakdowns: readonly Stretch[];
  /** The probability that a wake-up comes late, and how late at most. */
  readonly lateWakes: number;
  readonly latestWakeMs: number;
  /** The probability that a wake-up comes twice at once. */
  readonly doubleWakes: number;
  /** The time that the world goes on after the last event, in milliseconds. */
  readonly afterwardsMs: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const drawStretches = (random: Random, spanMs: number, longestMs: number): Stretch[] =>
  Array.from({ length: random.between(1, 2) }, () => {
    const from = start + random.between(0, spanMs);
    return { from, to: from + random.between(hourMs, longestMs) };
  });

/** Draws the time of a world: in a third of the worlds hardly any passes, in the others some days or weeks. */
export const drawTime = (random: Random): TimePlan => {
  const own = (name: string) => random.fork(name);
  const spanMs = own('span').chance(0.65)
    ? own('long').chance(0.7)
      ? own('days').between(1, 14) * dayMs
      : own('weeks').between(2, 10) * 7 * dayMs
    : 0;
  const isTimed = spanMs > 0;
  const sometimes = (name: string, share: number) =>
    isTimed && own(name).chance(share) ? own(`${name} of`).next() : 0;
  const stretches = (name: string, longestMs: number) =>
    isTimed && own(name).chance(0.3) ? drawStretches(own(`${name} of`), spanMs, longestMs) : [];
  return {
    spanMs,
    lateness: sometimes('lateness', 0.6) / 2,
    backfilling: sometimes('backfilling', 0.5),
    outages: stretches('outages', 9 * dayMs),
    breakdowns: stretches('breakdowns', 2 * dayMs),
    lateWakes: sometimes('late wakes', 0.5),
    latestWakeMs: own('latest').pick([10 * 60_000, 3 * hourMs, 30 * hourMs]),
    doubleWakes: sometimes('double wakes', 0.5),
    afterwardsMs: own('afterwards').between(isTimed ? 10 : 1, isTimed ? 40 : 14) * dayMs,
  };
};
