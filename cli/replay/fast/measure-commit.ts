import type { Rejection } from '../../../events/index.ts';
import { largestItem, measureItem } from '../../../shared/dynamodb/index.ts';
import type { DecidedEvent, LeadState } from '../../../shared/lead/index.ts';
import { prepareCommit, tooLarge } from '../../../shared/ledger/index.ts';

/** A hash of the length that those of a chain have: fast folds make none. */
const someHead = 'A'.repeat(44);

/**
 * Returns the rejection of an event whose items DynamoDB wouldn't take; undefined if they fit.
 *
 * @param entries the entries of the event's commit
 */
export const findTooLarge = (state: LeadState, entries: readonly DecidedEvent[]): Rejection | undefined => {
  const basedOn = { version: Math.max(0, state.version - 1), head: someHead };
  const { items } = prepareCommit({ leadId: state.leadId, basedOn, state, entries, committedAt: 0 });
  const largest = Math.max(...items.entries.map(measureItem));
  if (largest > largestItem) return tooLarge('the ledger entry of the event', largest);
  const bytes = measureItem(items.state);
  return bytes > largestItem ? tooLarge('the state of the lead with this event', bytes) : undefined;
};
