import type { Commit, LeadState, SignalEvent } from '../lead/index.ts';
import type { EntryContent, LedgerEntry } from './items.ts';

export type Appended =
  | { readonly kind: 'appended' }
  /** Somebody else wrote the lead since it was loaded, or is writing it now: load and decide again. */
  | { readonly kind: 'conflict' }
  /** These entries are in the ledger already, by sort key; nothing of the commit was written. */
  | { readonly kind: 'present'; readonly entries: ReadonlyMap<string, EntryContent> };

/** The append-only entries of leads and the states that they fold to. */
export interface Ledger {
  /** The states of leads, read consistently; a lead without one is left out. */
  load(leadIds: readonly string[]): Promise<ReadonlyMap<string, LeadState>>;
  /** Which of these events the ledger has, with their content, by sort key. */
  find(leadId: string, events: readonly SignalEvent[]): Promise<ReadonlyMap<string, EntryContent>>;
  /**
   * Writes a commit whole or not at all: an entry for each event, none of which may exist, and the state, which
   * must still have the version that was decided upon.
   */
  append(commit: Commit): Promise<Appended>;
  /** A lead's entries in the order of their `occurredAt`. */
  timeline(leadId: string): AsyncIterable<LedgerEntry>;
}

/** Most events of one commit: a transaction takes 100 items, and one of them is the state. */
export const mostEvents = 99;
