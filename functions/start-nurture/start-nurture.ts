import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import type { FollowUps } from '../../shared/follow-ups/index.ts';
import { count, eachRecord } from '../../shared/lambda/index.ts';

export interface StartNurtureDeps {
  readonly followUps: FollowUps;
}

/**
 * Stores the nurture track that the latest announcement of a lead asks for, or none. If it differs from the previous
 * one, the table's stream announces the start and the stop.
 */
const followAction =
  ({ followUps }: StartNurtureDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const followed = await followUps.followNurture(parseAction(JSON.parse(body)));
    count(followed ? 'NurtureFollowed' : 'NurtureAlreadyFollowed', 1);
  };

export const startNurture =
  (deps: StartNurtureDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, followAction(deps));
