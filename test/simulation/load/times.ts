import { createNamedRandom, type Random } from '../random.ts';
import { start } from './instants.ts';
import type { Plan } from './plan.ts';

/** When an event occurred, and when it is sent. */
export interface Times {
  readonly at: number;
  readonly sendAt: number | undefined;
  /** Whether it is history that is loaded. */
  readonly isHistory: boolean;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Most events are sent at once; of the late ones most come within hours, some after weeks. */
const drawDelay = ({ lateness }: Plan, random: Random): number => {
  if (!random.chance(lateness)) return random.between(0, 2 * minuteMs);
  return random.between(0, random.pick([3 * hourMs, 30 * hourMs, 25 * dayMs]));
};

/** Returns whether an instant is of a clock that is years off. */
const isAgesAway = (at: number): boolean => Math.abs(at - start) > 5 * 365 * dayMs;

/** Draws when the history of a lead is loaded; undefined for a lead without one. */
const drawLoading = ({ seed, backfilling, spanMs }: Plan, leadId: string): number | undefined => {
  const random = createNamedRandom(seed, `loading of ${leadId}`);
  return random.chance(backfilling) ? start + random.between(0, spanMs) : undefined;
};

/**
 * Draws the times of an event. In a world in which hardly any time passes, all events are sent at once. Else they are
 * sent when their time has come; those of a lead whose history is loaded are often in it, or follow it closely.
 *
 * @param drawn when it would have occurred in a world without time
 */
export const drawTimes = (plan: Plan, leadId: string, index: number, drawn: number): Times => {
  const { seed, spanMs } = plan;
  if (spanMs === 0 || isAgesAway(drawn)) return { at: drawn, sendAt: undefined, isHistory: false };
  const random = createNamedRandom(seed, `times of ${index} of ${leadId}`);
  const loadedAt = drawLoading(plan, leadId);
  if (loadedAt !== undefined && random.chance(0.5)) {
    const sendAt = loadedAt + random.between(0, random.pick([minuteMs, 40 * minuteMs]));
    return { at: loadedAt - random.between(0, 200 * dayMs), sendAt, isHistory: true };
  }
  const isClose = loadedAt !== undefined && random.chance(0.3);
  const drawnAt = isClose
    ? loadedAt + random.between(0, 30 * minuteMs)
    : start + random.between(random.chance(0.3) ? -30 * dayMs : 0, spanMs);
  // Some occur on the hour, as what time changes does, and come together with the message about it.
  const isOnHour = random.chance(0.2);
  const at = isOnHour ? drawnAt - (drawnAt % hourMs) : drawnAt;
  const delay = isOnHour && random.chance(0.7) ? minuteMs + random.between(0, 150) : drawDelay(plan, random);
  return { at, sendAt: Math.max(at, start) + delay, isHistory: false };
};
