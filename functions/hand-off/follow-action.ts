import type { ActionEvent } from '../../events/index.ts';
import type { FollowUps, HandoffRequest } from '../../shared/follow-ups/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { requestOf } from './request.ts';

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
      ? await open(followUps, event, requestOf(event, action))
      : await followUps.passHandoffs(event);
  if (isLatest) count('HandoffsWithdrawn', await followUps.withdrawEarlier(event));
};
