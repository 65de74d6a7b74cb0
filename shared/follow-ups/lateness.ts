import type { Handoff } from './handoff.ts';

/** Returns the instant by which sales should have answered: the first deadline, also if others followed. */
const firstDue = ({ missed: [first] = [], dueAt }: Handoff): string | undefined => first?.dueAt ?? dueAt;

/**
 * Returns the milliseconds by which a hand-off is late: until its answer, or until now if it waits for one. Undefined if
 * it isn't late.
 */
export const computeLateness = (handoff: Handoff, now: number): number | undefined => {
  const { status, answeredAt } = handoff;
  const due = firstDue(handoff);
  const end = status === 'open' ? now : answeredAt === undefined ? undefined : Date.parse(answeredAt);
  if (due === undefined || end === undefined) return undefined;
  const late = end - Date.parse(due);
  return late > 0 ? late : undefined;
};

/** Returns whether a hand-off waits for an answer and its first deadline has passed. */
export const isLate = (handoff: Handoff, now: number): boolean =>
  handoff.status === 'open' && computeLateness(handoff, now) !== undefined;
