import type { InternalEvent } from '../../events/index.ts';
import {
  type DeadlineMove,
  type DeadlineTerm,
  type Expiry,
  findStep,
  nameStep,
  type OpenHandoff,
} from '../../shared/follow-ups/index.ts';
import { count } from '../../shared/lambda/index.ts';
import type { Deadlines, ExpiryStepDocument } from '../../shared/scoring/index.ts';
import { alignDeadline, listOwnMoves } from './align-deadlines.ts';
import { beginHandoff } from './begin-handoff.ts';
import type { HandOffDeps } from './deps.ts';
import { runClock } from './run-clock.ts';

/** Returns the queue and the hours of the deadline that a step begins; undefined if it begins none. */
const findTerm = (
  queue: string,
  step: ExpiryStepDocument | undefined,
): { queue: string; hours: number } | undefined => {
  if (step === undefined) return undefined;
  if ('remindHours' in step) return { queue, hours: step.remindHours };
  return 'queue' in step ? { queue: step.queue, hours: step.dueHours } : undefined;
};

/** Returns what is to be recorded if a deadline passes. The next one begins at that minute, whenever it is recorded. */
const buildExpiry = async (
  handoff: OpenHandoff,
  dueAt: string,
  moves: readonly DeadlineMove[],
  deadlines: Deadlines | undefined,
): Promise<Expiry> => {
  const { queue } = handoff;
  const step = findStep(deadlines, handoff);
  const followedBy = nameStep(step);
  const begun = findTerm(queue, step);
  let next: DeadlineTerm | undefined;
  if (begun !== undefined) {
    const own = { startedAt: dueAt, moves: listOwnMoves(handoff, moves), calendar: deadlines?.calendar };
    next = { ...begun, startedAt: dueAt, clock: await runClock({ ...begun, ...own }) };
  }
  return {
    missed: { queue, dueAt, followedBy },
    next,
    escalatedTo: step !== undefined && 'escalateTo' in step ? step.escalateTo : undefined,
    endReason: followedBy === 'recycle' ? `nobody answered by ${dueAt}` : undefined,
  };
};

type HandoffDue = Extract<InternalEvent, { type: 'HandoffDue' }>['data'];

/** Returns whether an instant has come. The clock of the message's sender may be ahead, and counts as well. */
const hasCome = (dueAt: string, due: HandoffDue, now: number): boolean =>
  dueAt === due.dueAt || Date.parse(dueAt) <= now;

/**
 * Records every deadline of a hand-off that has passed, each by a write of its own and in order, with the step that the
 * policy asks for: reminding, passing on, escalating or recycling. Does nothing for a hand-off that was answered, moved
 * or paused meanwhile. Requests a hand-off that has waited until now.
 */
export const missDeadlines = async (deps: HandOffDeps, due: HandoffDue): Promise<void> => {
  const { followUps, readPolicy, now } = deps;
  const { handoffs, waiting, moves } = await followUps.readDeadlines(due.leadId);
  const waits = waiting.find(({ handoffId }) => handoffId === due.handoffId);
  if (waits !== undefined) return hasCome(waits.dueAt, due, now()) ? beginHandoff(deps, waits) : undefined;
  const handoff = handoffs.find(({ handoffId }) => handoffId === due.handoffId);
  if (handoff === undefined) return;
  const { deadlines } = await readPolicy(handoff.modelVersion);
  if ((await alignDeadline(deps, handoff, moves, deadlines?.calendar)) !== 'aligned')
    return missDeadlines(deps, due);
  const { clock } = handoff;
  if (!('dueAt' in clock)) return;
  if (!hasCome(clock.dueAt, due, now())) return;
  const expiry = await buildExpiry(handoff, clock.dueAt, moves, deadlines);
  if (await followUps.missDeadline(handoff, expiry, now())) count('DeadlinesMissed', 1);
  // The next deadline may have passed as well. Or another message was first.
  return missDeadlines(deps, due);
};
