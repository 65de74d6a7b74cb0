import type { WaitingHandoff } from '../../shared/follow-ups/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { alignDeadlines } from './align-deadlines.ts';
import type { HandOffDeps } from './deps.ts';
import { startClock } from './start-clock.ts';

/**
 * Requests a hand-off that has waited for the end of its tier's cooldown. It begins at its due instant, also if the
 * message about that comes late, and its first deadline counts from then.
 */
export const beginHandoff = async (deps: HandOffDeps, waiting: WaitingHandoff): Promise<void> => {
  const { followUps, readPolicy, prepareBrief, now } = deps;
  const { leadId, queue, hours, modelVersion, dueAt: startedAt } = waiting;
  const { deadlines } = await readPolicy(modelVersion);
  const prepared = await prepareBrief(waiting);
  const started = await startClock({ hours, startedAt, calendar: deadlines?.calendar }, prepared?.at);
  const first = { queue, hours, ...started, brief: prepared?.brief, standing: prepared?.standing };
  if (!(await followUps.beginHandoff(waiting, first, now()))) return;
  count('HandoffsRequested', 1);
  // An activity while it waited may have paused the deadline.
  count('DeadlinesMoved', await alignDeadlines(deps, leadId));
};
