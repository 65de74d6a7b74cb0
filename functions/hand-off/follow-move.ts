import type { DeadlineMovedEvent } from '../../events/index.ts';
import { buildPositionKey } from '../../shared/keys/index.ts';
import { count } from '../../shared/lambda/index.ts';
import { alignDeadlines } from './align-deadlines.ts';
import type { HandOffDeps } from './deps.ts';

/**
 * Moves the deadline of a lead's open hand-off. The move is noted first, and then the deadline is computed from all
 * moves: whether this one comes late, again, or before its hand-off was requested, makes no difference.
 */
export const followMove = async (
  deps: HandOffDeps,
  { metadata, data }: DeadlineMovedEvent,
): Promise<void> => {
  const { leadId, effect } = data;
  const move = { position: buildPositionKey(data), effect, at: metadata.occurredAt };
  if ((await deps.followUps.noteMove(leadId, move)) === 'erased') return;
  count('DeadlinesMoved', await alignDeadlines(deps, leadId));
};
