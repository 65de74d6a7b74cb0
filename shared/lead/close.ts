import type { ScoringModel } from '../scoring/index.ts';
import type { Closing } from './changes.ts';
import type { ClosingEvent, Commit, RedactedEvent } from './commit.ts';
import { decideAll } from './decide-all.ts';
import type { LeadEvent, Merging } from './lead-event.ts';
import {
  type ClosedLead,
  type Due,
  type ErasedLead,
  endOf,
  type Lead,
  type LeadState,
  type LedgerEnd,
} from './state.ts';

/** A lead's id and its stored state, if there is one. */
export interface Subject<State extends Lead = Lead> {
  readonly leadId: string;
  readonly before: (State & LedgerEnd & Due) | undefined;
}

const close = (
  subject: Subject<LeadState | ErasedLead>,
  event: LeadEvent,
  state: { status: 'merged'; mergedInto: string } | { status: 'erased' },
  change: Closing,
  now: number,
  other?: string,
): Commit<ClosingEvent, ClosedLead> => {
  const { leadId } = subject;
  const basedOn = endOf(subject.before);
  return {
    leadId,
    basedOn,
    state: { leadId, version: basedOn.version + 1, ...state },
    entries: [{ kind: 'closing', event, change, ...(other !== undefined && { other }) }],
    committedAt: now,
  };
};

/**
 * Erases a lead, even one of which nothing is known: later events find it closed. A lead that is already erased is
 * announced as erased again, so that consumers that missed the first announcement can follow.
 */
export const erase = (
  subject: Subject<LeadState | ErasedLead>,
  event: LeadEvent,
  now: number,
): Commit<ClosingEvent> => {
  const cause = event.type === 'LeadClockAdvanced' ? 'retention' : 'request';
  return close(subject, event, { status: 'erased' }, { type: 'LeadErased', cause }, now);
};

/** Records that events arrived for an erased lead, without their content. */
export const redact = (
  lead: ErasedLead & LedgerEnd,
  events: readonly LeadEvent[],
  now: number,
): Commit<RedactedEvent, ErasedLead> => {
  const { leadId, version, head } = lead;
  return {
    leadId,
    basedOn: { version, head },
    state: { leadId, version: version + 1, status: 'erased' },
    entries: events.map((event) => ({ kind: 'redacted', event })),
    committedAt: now,
  };
};

/** The commits of a merge: of the surviving lead, and of the merged one if it changes. */
export interface MergeCommits {
  readonly survivor: Commit;
  readonly merged?: Commit;
}

/**
 * Merges a lead into another one. Both are given as found after following redirections, so neither is a merged lead.
 * Neither may be erased, unless the two are one already: to merge a lead with an erased one would be to erase it.
 */
export const merge = (
  model: ScoringModel,
  survivor: Subject<LeadState>,
  merged: Subject<LeadState>,
  event: Merging,
  now: number,
): MergeCommits => {
  if (survivor.leadId === merged.leadId) return { survivor: decideAll(model, survivor.before, [event], now) };
  const facts = merged.before?.facts;
  const merging: Merging = { ...event, ...(facts !== undefined && { merged: facts }) };
  const commit = decideAll(model, survivor.before, [merging], now);
  const mergedInto = survivor.leadId;
  return {
    survivor: {
      ...commit,
      entries: commit.entries.map((entry) => ({ ...entry, other: merged.leadId })),
    },
    merged: close(
      merged,
      event,
      { status: 'merged', mergedInto },
      { type: 'LeadRedirected', mergedInto },
      now,
      mergedInto,
    ),
  };
};
