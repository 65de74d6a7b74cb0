import type { DeadlineMove, OpenHandoff } from '../../shared/follow-ups/index.ts';
import type { Calendar } from '../../shared/scoring/index.ts';
import type { HandOffDeps } from './deps.ts';
import { isSameClock, runClock } from './run-clock.ts';

/** Returns the moves that concern a hand-off: those after its request. */
export const listOwnMoves = (
  { position }: Pick<OpenHandoff, 'position'>,
  moves: readonly DeadlineMove[],
): DeadlineMove[] => moves.filter((move) => move.position > position);

/** Moves the deadline of a hand-off to where it should be. Returns false if the hand-off has changed meanwhile. */
export const alignDeadline = async (
  { followUps, now }: HandOffDeps,
  handoff: OpenHandoff,
  moves: readonly DeadlineMove[],
  calendar: Calendar | undefined,
): Promise<'aligned' | 'moved' | 'changed'> => {
  const clock = await runClock({ ...handoff, moves: listOwnMoves(handoff, moves), calendar });
  if (isSameClock(clock, handoff.clock)) return 'aligned';
  return (await followUps.moveDeadline(handoff, clock, now())) ? 'moved' : 'changed';
};

/**
 * Moves the deadlines of a lead's open hand-offs to where all known moves put them. Returns the number of deadlines that
 * were moved.
 */
export const alignDeadlines = async (deps: HandOffDeps, leadId: string): Promise<number> => {
  const { handoffs, moves } = await deps.followUps.readDeadlines(leadId);
  let moved = 0;
  for (const handoff of handoffs) {
    const { deadlines } = await deps.readPolicy(handoff.modelVersion);
    const result = await alignDeadline(deps, handoff, moves, deadlines?.calendar);
    // Another message has changed it meanwhile: it is looked at again.
    if (result === 'changed') return moved + (await alignDeadlines(deps, leadId));
    if (result === 'moved') moved++;
  }
  return moved;
};
