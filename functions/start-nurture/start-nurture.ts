import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import type { FollowUps } from '../../shared/follow-ups/index.ts';
import { count, eachRecord } from '../../shared/lambda/index.ts';

export interface StartNurtureDeps {
  readonly followUps: FollowUps;
}

/**
 * Keeps which nurture track a lead is on: the one that the latest announcement asks for, or none. Where the track
 * differs from the one before, the table's stream announces the start and the stop.
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
