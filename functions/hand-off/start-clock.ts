import type { DeadlineTerm } from '../../shared/follow-ups/index.ts';
import { type ClockProps, runClock } from './run-clock.ts';

/**
 * Starts the first deadline of a hand-off. It counts from `startedAt`, unless it had passed by the lead's own instant:
 * then it counts from that instant. An event that arrives long after it occurred would otherwise have its lead handed off
 * and taken back at once; what the lead has done since would qualify it again, as of that old expiry, and so on.
 *
 * @param leadAt the lead's own instant, in milliseconds since 1970; undefined if the lead no longer calls for a hand-off
 */
export const startClock = async (
  props: Omit<ClockProps, 'moves'>,
  leadAt: number | undefined,
): Promise<Pick<DeadlineTerm, 'startedAt' | 'clock'>> => {
  const { startedAt } = props;
  const clock = await runClock({ ...props, moves: [] });
  if (leadAt === undefined || !('dueAt' in clock) || Date.parse(clock.dueAt) > leadAt)
    return { startedAt, clock };
  const later = new Date(leadAt).toISOString();
  return { startedAt: later, clock: await runClock({ ...props, startedAt: later, moves: [] }) };
};
