import { hash } from 'node:crypto';
import { type Action, type ActionEvent, hourMs } from '../../events/index.ts';
import { buildPositionKey, type FollowUps, type HandoffRequest } from '../../shared/follow-ups/index.ts';
import { count } from '../../shared/lambda/index.ts';

/**
 * Returns the id of an announcement's hand-off. Announcements of one entry, and their redeliveries, have the same id.
 */
export const newHandoffId = ({ data }: ActionEvent): string =>
  `h-${hash('sha256', `${data.leadId}\n${buildPositionKey(data)}`, 'hex').slice(0, 24)}`;

/**
 * Returns the hand-off that an action asks for. Its due time counts from when the event occurred, so that a retry
 * doesn't move it.
 */
const newRequest = (
  event: ActionEvent,
  { queue, dueHours }: Extract<Action, { kind: 'handoff' }>,
): HandoffRequest => ({
  handoffId: newHandoffId(event),
  queue,
  dueAt: new Date(Date.parse(event.metadata.occurredAt) + dueHours * hourMs).toISOString(),
});

/** Opens a hand-off. Returns false if a later announcement has been followed. */
const open = async (followUps: FollowUps, event: ActionEvent, request: HandoffRequest): Promise<boolean> => {
  const opened = await followUps.openHandoff(event, request);
  if (opened === 'opened') count('HandoffsRequested', 1);
  if (opened === 'present') count('HandoffsAlreadyRequested', 1);
  return opened !== 'late';
};

/**
 * Opens the hand-off that the latest announcement asks for, if any, and withdraws all others. What is stored of the
 * hand-offs of an erased lead is left to `erase-lead`, which first checks that the lead was erased.
 */
export const followAction = async (followUps: FollowUps, event: ActionEvent): Promise<void> => {
  const { action } = event.data;
  const isLatest =
    action.kind === 'handoff'
      ? await open(followUps, event, newRequest(event, action))
      : await followUps.passHandoffs(event);
  if (isLatest) count('HandoffsWithdrawn', await followUps.withdrawEarlier(event));
};
