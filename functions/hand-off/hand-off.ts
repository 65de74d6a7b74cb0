import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import {
  isInboundType,
  parseAction,
  parseDeadlineMoved,
  parseInbound,
  parseInternal,
} from '../../events/index.ts';
import { eachRecord } from '../../shared/lambda/index.ts';
import type { HandOffDeps } from './deps.ts';
import { followAction } from './follow-action.ts';
import { followMove } from './follow-move.ts';
import { missDeadlines } from './miss-deadlines.ts';
import { noteVerdict } from './note-verdict.ts';

/** Thrown if a verdict is dated ahead of the clock. Its message is retried later, when this may no longer be so. */
class AheadOfTimeError extends Error {
  readonly code = 'AHEAD_OF_TIME';
  constructor() {
    super('the verdict occurred more than 5 minutes from now');
    this.name = 'AheadOfTimeError';
  }
}

const followVerdict = async ({ followUps, now }: HandOffDeps, entry: unknown): Promise<void> => {
  const parsed = parseInbound(entry, now());
  if (!parsed.ok) {
    // score-leads takes in the verdict too, and quarantines it if it is malformed. But whether it is ahead of time
    // depends on when it is read, so score-leads may have recorded it.
    if (parsed.rejection.code === 'ahead-of-time') throw new AheadOfTimeError();
    return;
  }
  const { event } = parsed;
  if (event.type === 'HandoffAccepted' || event.type === 'HandoffRejected')
    await noteVerdict(followUps, event);
};

const follow =
  (deps: HandOffDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const entry = JSON.parse(body);
    if (isInboundType(entry['detail-type'])) return followVerdict(deps, entry);
    const due = parseInternal(entry);
    if (due?.type === 'HandoffDue') return missDeadlines(deps, due.data);
    const move = parseDeadlineMoved(entry);
    return move === undefined ? followAction(deps, parseAction(entry)) : followMove(deps, move);
  };

export const handOff =
  (deps: HandOffDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, follow(deps));
