import { createHash } from 'node:crypto';
import type { Action, ActionEvent } from '../../events/index.ts';
import { type FollowUps, type HandoffRequest, positionOf } from '../../shared/follow-ups/index.ts';
import { count } from '../../shared/lambda/index.ts';

/** Returns the id of the hand-off of an announcement: all announcements of one entry, however often delivered, give the same id. */
export const newHandoffId = ({ data }: ActionEvent): string =>
  `h-${createHash('sha256')
    .update(`${data.leadId}\n${positionOf(data)}`)
    .digest('hex')
    .slice(0, 24)}`;

const hourMs = 3_600_000;

/** The due time counts from what happened, not from when this runs: a retry must not move it. */
export const newRequest = (
  event: ActionEvent,
  { queue, dueHours }: Extract<Action, { kind: 'handoff' }>,
): HandoffRequest => ({
  handoffId: newHandoffId(event),
  queue,
  dueAt: new Date(Date.parse(event.metadata.occurredAt) + dueHours * hourMs).toISOString(),
});

/** Opens the hand-off, unless a later announcement has been followed. */
const open = async (followUps: FollowUps, event: ActionEvent, request: HandoffRequest): Promise<boolean> => {
  const opened = await followUps.openHandoff(event, request);
  if (opened === 'opened') count('HandoffsRequested', 1);
  if (opened === 'present') count('HandoffsAlreadyRequested', 1);
  return opened !== 'late';
};

/** Keeps the hand-off that the latest announcement asks for, and no other, open. */
export const followAction = async (followUps: FollowUps, event: ActionEvent): Promise<void> => {
  if (event.type === 'LeadErased') {
    count('HandoffsErased', await followUps.eraseHandoffs(event));
    return;
  }
  const { action } = event.data;
  const isLatest =
    action.kind === 'handoff'
      ? await open(followUps, event, newRequest(event, action))
      : await followUps.passHandoffs(event);
  if (isLatest) count('HandoffsWithdrawn', await followUps.withdrawEarlier(event));
};
