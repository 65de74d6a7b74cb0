import { isClosed, type StoredState } from '../lead/index.ts';
import type { FindModel } from '../model-store/index.ts';
import { instantOf } from '../scoring/index.ts';
import { fromNowOn, inPast, type LeadAsOf, NotRetainedError } from './lead-as-of.ts';
import {
  type FollowUpItems,
  listFollowUps,
  readEntriesUntil,
  readFirstEntry,
  readLeadItems,
  type Table,
} from './lead-items.ts';
import { judgePast } from './past.ts';

export interface ReadLeadProps {
  readonly table: Table;
  /** The clock, in milliseconds since 1970. */
  readonly now: number;
  /** The instant as of which the lead is asked for, in milliseconds since 1970. @default now */
  readonly at?: number | undefined;
  readonly findModel: FindModel;
  /** Finds the model by which the lead is shown. @default findModel */
  readonly findShown?: FindModel;
  /** The most entries, and the most other items of a lead, that are read. @default all */
  readonly mostItems?: number;
  /** Is called for each lead on the way that was merged into another one. */
  readonly onMerged?: (leadId: string, mergedInto: string) => void;
}

/** The lead that was found, which may be another one than was asked for: the one that it was merged into. */
export interface FoundLead {
  readonly kind: 'found';
  readonly lead: LeadAsOf;
  /** The lead as it is stored, with its follow-ups; undefined for a lead in the past. */
  readonly now?: { readonly stored: StoredState; readonly followUps: FollowUpItems };
}

/** A reason for which a lead can't be shown as of an instant. The lead may be the one that it was merged into. */
export type LeadNotShown = { readonly leadId: string } & (
  | { readonly kind: 'unknown' }
  /** It has a ledger, and no state. */
  | { readonly kind: 'state-lost' }
  | { readonly kind: 'erased' }
  /** Everything that had happened by that instant was erased. */
  | { readonly kind: 'past-erased'; readonly at: number }
  /** Nothing was known of it by that instant. `first` is the instant of its first event, if that is still known. */
  | { readonly kind: 'not-known-then'; readonly at: number; readonly first: string | undefined }
  /** A model that judged it by that instant isn't stored. */
  | { readonly kind: 'unjudged'; readonly at: number; readonly modelVersion: string }
  /** The model that judged it last isn't stored. */
  | { readonly kind: 'model-missing'; readonly modelVersion: string }
  /** It is erased at the instant `end`, if nothing is heard of it until then. */
  | { readonly kind: 'not-retained'; readonly end: number }
  /** More had happened by that instant than is to be read. */
  | { readonly kind: 'too-long'; readonly most: number }
);

export type LeadRead = FoundLead | LeadNotShown;

const readPast = async (props: ReadLeadProps, leadId: string, at: number): Promise<LeadRead> => {
  const { table, findModel, findShown = findModel, mostItems = Number.POSITIVE_INFINITY, onMerged } = props;
  const { entries, isWhole } = await readEntriesUntil(table, leadId, at, mostItems);
  if (!isWhole) return { kind: 'too-long', leadId, most: mostItems };
  const past = await judgePast(entries, at, { find: findModel });
  switch (past.kind) {
    case 'unknown': {
      const first = await readFirstEntry(table, leadId);
      const heard = first === undefined || first.kind === 'erased' ? undefined : first.event.metadata;
      return { kind: 'not-known-then', leadId, at, first: heard?.occurredAt };
    }
    case 'erased':
      return { kind: 'past-erased', leadId, at };
    case 'unjudged':
      return { kind: 'unjudged', leadId, at, modelVersion: past.modelVersion };
    case 'known':
      break;
    default:
      return past satisfies never;
  }
  const { lead } = past;
  if (lead.status === 'merged') {
    onMerged?.(leadId, lead.mergedInto);
    return readLeadAsOf(lead.mergedInto, props);
  }
  if (isClosed(lead)) return { kind: 'erased', leadId };
  const model = await findShown(lead.modelVersion);
  if (model === undefined) return { kind: 'model-missing', leadId, modelVersion: lead.modelVersion };
  return { kind: 'found', lead: inPast(model, lead, at) };
};

/**
 * Reads a lead as of an instant: as it was then by what had happened, as it is now, or as it will be if nothing happens
 * until then. A lead that was merged into another one by then is that one.
 */
export const readLeadAsOf = async (leadId: string, props: ReadLeadProps): Promise<LeadRead> => {
  const { table, now, at: given, findModel, findShown = findModel, onMerged } = props;
  const isPast = given !== undefined && given < now;
  // The state comes first, and a lead in the past has no follow-ups.
  const most = isPast ? 1 : (props.mostItems ?? Number.POSITIVE_INFINITY);
  const { stored, ...followUps } = await readLeadItems(table, leadId, most);
  if (stored === undefined) {
    const first = await readFirstEntry(table, leadId);
    return { kind: first === undefined ? 'unknown' : 'state-lost', leadId };
  }
  if (stored.status === 'erased') return { kind: 'erased', leadId };
  if (isPast) return readPast(props, leadId, given);
  if (stored.status === 'merged') {
    onMerged?.(leadId, stored.mergedInto);
    return readLeadAsOf(stored.mergedInto, props);
  }
  // An event may be some minutes ahead of the clock.
  const known = instantOf(stored.facts);
  if (given !== undefined && given < known) return readPast(props, leadId, given);
  const model = await findShown(stored.modelVersion);
  if (model === undefined) return { kind: 'model-missing', leadId, modelVersion: stored.modelVersion };
  const tense = given === undefined || given === now ? 'present' : 'future';
  try {
    const when = { at: given ?? Math.max(now, known), tense } as const;
    const lead = fromNowOn(model, stored, when, listFollowUps(followUps));
    return { kind: 'found', lead, now: { stored, followUps } };
  } catch (error) {
    if (error instanceof NotRetainedError) return { kind: 'not-retained', leadId, end: error.end };
    throw error;
  }
};
