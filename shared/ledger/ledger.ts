import type { LeadEvent } from '../lead/index.ts';
import type { EntryContent } from './content.ts';
import type { LedgerEntry } from './entry-items.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import type { StoredLead } from './state-items.ts';

export type Appended =
  | {
      readonly kind: 'appended';
      /** Hash of the last entry, in base64: what the next commit of the lead is chained to. */
      readonly head: string;
    }
  /** Another writer wrote the lead since it was loaded, or is writing it now: load and decide again. */
  | { readonly kind: 'conflict' }
  /** These entries are in the ledger already, by sort key; nothing of the commit was written. */
  | { readonly kind: 'present'; readonly entries: ReadonlyMap<string, EntryContent> };

/** The append-only entries of leads and the states that they fold to. */
export interface Ledger {
  /** Returns what is stored of leads, read consistently. Leads that are not stored are left out. */
  load(leadIds: readonly string[]): Promise<ReadonlyMap<string, StoredLead>>;
  /** Returns which of these events the ledger of a lead has, with their content, by sort key. */
  find(leadId: string, events: readonly LeadEvent[]): Promise<ReadonlyMap<string, EntryContent>>;
  /**
   * Writes a commit whole or not at all: an entry for each event, none of which may exist, and the state, which
   * must still have the version that was decided upon.
   *
   * @param other the commit of the other lead of a merge; the two are written together or not at all
   */
  append(prepared: PreparedCommit, other?: PreparedCommit): Promise<Appended>;
  /** Yields a lead's entries in the order of their `occurredAt`. */
  timeline(leadId: string): AsyncIterable<LedgerEntry>;
}

/** Most events of one commit: a transaction takes 100 items, and one of them is the state. */
export const mostEvents = 99;
