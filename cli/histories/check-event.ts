import { type AcceptedEvent, parseInbound, type Rejection } from '../../events/index.ts';
import { parseAsDelivered } from '../../shared/entries/index.ts';
import type { FileEntry } from '../entries/read-entries.ts';

export type CheckedEvent =
  | { readonly ok: true; readonly event: AcceptedEvent }
  | { readonly ok: false; readonly rejection: Rejection };

/**
 * Checks an entry of a file as `replay` does: first as the bus would, then by the contract of its event.
 *
 * @param now the clock, in milliseconds since 1970; an event more than 5 minutes ahead of it is rejected
 */
export const checkEvent = (entry: FileEntry, now: number): CheckedEvent => {
  const parsed = parseAsDelivered(entry, now);
  return parsed.kind === 'rejected'
    ? { ok: false, rejection: parsed.rejection }
    : parseInbound(parsed.event, now);
};
