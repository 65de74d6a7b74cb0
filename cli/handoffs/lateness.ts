import { dayMs, hourMs, minuteMs } from '../../events/index.ts';
import type { Handoff } from '../../shared/follow-ups/index.ts';

/** Returns whether a hand-off waits for an answer and its due time has passed. */
export const isLate = ({ status, dueAt }: Handoff, now: number): boolean =>
  status === 'open' && dueAt !== undefined && Date.parse(dueAt) < now;

/** Returns a time span as people say it, in one unit. */
const formatSpan = (ms: number): string => {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} d`;
  if (ms >= hourMs) return `${Math.floor(ms / hourMs)} h`;
  return `${Math.max(1, Math.floor(ms / minuteMs))} min`;
};

/** Returns when an open hand-off is due, as seen from now: `in 2 h`, or `late by 3 h`. */
export const dueWords = (handoff: Handoff, now: number): string => {
  const { status, dueAt } = handoff;
  if (dueAt === undefined) return '–';
  const ahead = Date.parse(dueAt) - now;
  if (status !== 'open') return dueAt.slice(0, 16).replace('T', ' ');
  return ahead < 0 ? `late by ${formatSpan(-ahead)}` : `in ${formatSpan(ahead)}`;
};
