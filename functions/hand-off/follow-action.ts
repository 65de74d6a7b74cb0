import { hash } from 'node:crypto';
import type { Action, ActionEvent } from '../../events/index.ts';
import type { HandoffRequest, StartLimits } from '../../shared/follow-ups/index.ts';
import { buildPositionKey } from '../../shared/keys/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { alignDeadlines } from './align-deadlines.ts';
import type { HandOffDeps } from './deps.ts';
import { startClock } from './start-clock.ts';

/**
 * Returns the id of an announcement's hand-off. Announcements of one entry, and their redeliveries, have the same id.
 */
export const newHandoffId = ({ data }: ActionEvent): string =>
  `h-${hash('sha256', `${data.leadId}\n${buildPositionKey(data)}`, 'hex').slice(0, 24)}`;

/** An announcement with the lead's standing: one of a closed lead has none, and asks for nothing. */
type StandingEvent = Extract<ActionEvent, { data: { modelVersion: string } }>;

const isStanding = (event: ActionEvent): event is StandingEvent => 'modelVersion' in event.data;

/**
 * Returns the hand-off that an action asks for, and the limits that it is subject to. Its working time counts from when
 * the event occurred, so that a retry doesn't move it.
 */
const newRequest = async (
  { readPolicy, prepareBrief }: HandOffDeps,
  event: StandingEvent,
  { queue, dueHours: hours }: Extract<Action, { kind: 'handoff' }>,
): Promise<{ request: HandoffRequest; limits: StartLimits | undefined }> => {
  const { modelVersion } = event.data;
  const { deadlines, nurture: limits } = await readPolicy(modelVersion);
  const { occurredAt: startedAt } = event.metadata;
  const prepared = await prepareBrief({ leadId: event.data.leadId, queue, modelVersion });
  const started = await startClock({ hours, startedAt, calendar: deadlines?.calendar }, prepared?.at);
  const handoffId = newHandoffId(event);
  return {
    request: { handoffId, queue, modelVersion, hours, ...started, brief: prepared?.brief },
    limits,
  };
};

/** Opens a hand-off, or lets it wait. Returns false if a later announcement has been followed. */
const open = async (
  { followUps, now }: HandOffDeps,
  event: ActionEvent,
  { request, limits }: Awaited<ReturnType<typeof newRequest>>,
): Promise<boolean> => {
  const opened = await followUps.openHandoff(event, request, now(), limits);
  if (opened === 'opened') count('HandoffsRequested', 1);
  if (opened === 'waiting') count('HandoffsWaiting', 1);
  if (opened === 'present') count('HandoffsAlreadyRequested', 1);
  return opened !== 'late';
};

/**
 * Opens the hand-off that the latest announcement asks for, if any, and withdraws all others. What is stored of the
 * hand-offs of an erased lead is left to `erase-lead`, which first checks that the lead was erased.
 */
export const followAction = async (deps: HandOffDeps, event: ActionEvent): Promise<void> => {
  const { followUps } = deps;
  const isLatest =
    isStanding(event) && event.data.action.kind === 'handoff'
      ? await open(deps, event, await newRequest(deps, event, event.data.action))
      : await followUps.passHandoffs(event);
  if (!isLatest) return;
  const { withdrawn, moved } = await followUps.withdrawEarlier(event);
  count('HandoffsWithdrawn', withdrawn);
  // An activity after this announcement has moved the deadline before the hand-off was requested.
  if (moved) count('DeadlinesMoved', await alignDeadlines(deps, event.data.leadId));
};
