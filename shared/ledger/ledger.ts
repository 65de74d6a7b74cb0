import type { LeadEvent } from '../lead/index.ts';
import type { EntryContent } from './content.ts';
import type { LedgerEntry } from './entry-items.ts';
import type { PreparedCommit } from './prepare-commit.ts';
import type { StoredLead } from './state-items.ts';

export type Appended =
  | {
      readonly kind: 'appended';
      /** The hash of the last entry, in base64, to which the next commit of the lead is chained. */
      readonly head: string;
    }
  /** Another writer has written the lead since it was loaded, or is writing it now. Load and decide again. */
  | { readonly kind: 'conflict' }
  /** The ledger already has these entries, by sort key. Nothing of the commit was written. */
  | { readonly kind: 'present'; readonly entries: ReadonlyMap<string, EntryContent> };

/** The append-only entries of leads and the states that they fold to. */
export interface Ledger {
  /** Returns stored leads by id, read consistently. Leads that are not stored are left out. */
  load(leadIds: readonly string[]): Promise<ReadonlyMap<string, StoredLead>>;
  /** Returns the content of those of these events that the ledger of a lead has, by sort key. */
  find(leadId: string, events: readonly LeadEvent[]): Promise<ReadonlyMap<string, EntryContent>>;
  /**
   * Writes a commit completely or not at all: an entry for each event, none of which may exist, and the state, which
   * must still have the version on which the decision was based.
   *
   * @example const { kind } = await ledger.append(prepareCommit(decideAll(model, before, [event], now)));
   * @param other the commit of the other lead of a merge; the two are written together or not at all
   */
  append(prepared: PreparedCommit, other?: PreparedCommit): Promise<Appended>;
  /**
   * Changes when time will come for a lead, and nothing else. Returns false, and changes nothing, if the lead was
   * written since it was loaded.
   */
  rearm(
    lead: Pick<StoredLead, 'leadId' | 'version'>,
    dueAt: number | undefined,
    now: number,
  ): Promise<boolean>;
  /** Yields a lead's entries in the order of their `occurredAt`. */
  timeline(leadId: string): AsyncIterable<LedgerEntry>;
}

/** The most events of one commit. A transaction takes 100 items, and one of them is the state. */
export const mostEvents = 99;
