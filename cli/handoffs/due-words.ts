import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import { computeLateness, type Handoff } from '../../shared/follow-ups/index.ts';

/** Returns a time span as people say it, in one unit. */
const formatSpan = (ms: number): string => {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} d`;
  if (ms >= hourMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.max(1, Math.floor(ms / minuteMs))} min`;
};

/** Returns the status, with how late an answer came: `accepted, 3 h late`. */
export const statusWords = (handoff: Handoff, now: number): string => {
  const { status } = handoff;
  const late = status === 'open' ? undefined : computeLateness(handoff, now);
  return late === undefined ? status : `${status}, ${formatSpan(late)} late`;
};

/** Returns an instant to the minute, in UTC. */
export const minute = (instant: string | undefined): string => instant?.slice(0, 16).replace('T', ' ') ?? '–';

/**
 * Returns when an open hand-off is due, as seen from now: `in 2 h`, `late by 3 h`, or `stands still`; and until when one
 * waits that isn't requested yet.
 */
export const dueWords = (handoff: Handoff, now: number): string => {
  const { status, dueAt, pausedAt, waitsUntil } = handoff;
  if (waitsUntil !== undefined) return `waiting until ${minute(waitsUntil)}`;
  if (status !== 'open') return minute(dueAt);
  const late = computeLateness(handoff, now);
  if (late !== undefined) return `late by ${formatSpan(late)}`;
  if (pausedAt !== undefined) return 'stands still';
  return dueAt === undefined ? '–' : `in ${formatSpan(Date.parse(dueAt) - now)}`;
};
