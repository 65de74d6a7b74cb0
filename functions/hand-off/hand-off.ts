import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { isInboundType, parseAction, parseInbound } from '../../events/index.ts';
import type { FollowUps } from '../../shared/follow-ups/index.ts';
import { eachRecord } from '../../shared/lambda/index.ts';
import { followAction } from './follow-action.ts';
import { noteVerdict } from './note-verdict.ts';

export interface HandOffDeps {
  readonly followUps: FollowUps;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Thrown if a verdict is dated ahead of the clock. Its message is retried later, when this may no longer be so. */
class AheadOfTimeError extends Error {
  readonly code = 'AHEAD_OF_TIME';
  constructor() {
    super('the verdict occurred more than 5 minutes from now');
    this.name = 'AheadOfTimeError';
  }
}

const follow =
  (deps: HandOffDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const entry = JSON.parse(body);
    if (!isInboundType(entry['detail-type'])) return followAction(deps.followUps, parseAction(entry));
    const parsed = parseInbound(entry, deps.now());
    if (!parsed.ok) {
      // score-leads takes in the verdict too, and quarantines it if it is malformed. But whether it is ahead of time
      // depends on when it is read, so score-leads may have recorded it.
      if (parsed.rejection.code === 'ahead-of-time') throw new AheadOfTimeError();
      return;
    }
    const { event } = parsed;
    if (event.type === 'HandoffAccepted' || event.type === 'HandoffRejected')
      await noteVerdict(deps.followUps, event);
  };

export const handOff =
  (deps: HandOffDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, follow(deps));
