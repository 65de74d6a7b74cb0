import { tiers } from '../../events/index.ts';
import type { Handoff } from '../follow-ups/index.ts';
import type { Observation } from './observations.ts';

/**
 * Returns the deadlines of a hand-off that were kept or missed by the instant of a report. A deadline is kept by an
 * answer, and missed if it passes before the hand-off ends, also if it isn't recorded as missed yet. One that is still
 * to come, or was withdrawn before, is neither. Erased hand-offs have no tier any more, and don't count.
 *
 * @param now milliseconds since 1970
 */
export const observeDeadlines = (handoff: Handoff, now: number): Observation[] => {
  const { queue, dueAt, pausedAt, missed = [], answeredAt, withdrawnAt } = handoff;
  const tier = tiers.find((known) => known === handoff.tier);
  if (tier === undefined || queue === undefined) return [];
  const until = new Date(now).toISOString();
  const hasPassed = (at: string | undefined): at is string => at !== undefined && at <= until;
  const observe = (of: string, isKept: boolean, at: string): Observation => ({
    kind: 'deadline',
    queue: of,
    tier,
    isKept,
    at: Date.parse(at),
  });
  const recorded = missed
    .filter((one) => hasPassed(one.dueAt))
    .map((one) => observe(one.queue, false, one.dueAt));
  // The last deadline stays with the hand-off after it was missed.
  if (dueAt !== undefined && missed.at(-1)?.dueAt === dueAt) return recorded;
  const isAnswered = hasPassed(answeredAt);
  const end = isAnswered ? answeredAt : hasPassed(withdrawnAt) ? withdrawnAt : until;
  if (dueAt !== undefined && dueAt < end) return [...recorded, observe(queue, false, dueAt)];
  if (!isAnswered || (dueAt ?? pausedAt) === undefined) return recorded;
  return [...recorded, observe(queue, true, answeredAt)];
};
