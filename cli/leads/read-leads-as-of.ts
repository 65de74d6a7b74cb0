import { judgePast } from '../../shared/as-of/index.ts';
import { advanceTo, computeRetentionEnd, isClosed, type LeadState } from '../../shared/lead/index.ts';
import type { LedgerEntry } from '../../shared/ledger/index.ts';
import { type LeadItem, readLeads } from '../../shared/report/index.ts';
import type { Models } from '../as-of/models.ts';
import type { Connection } from '../stack/connect.ts';
import { readStates } from '../table/read-table.ts';
import { formatCount } from '../text/format-count.ts';

/** The number of leads that were read, and of those that can't be shown as of the instant. */
interface ReadCounts {
  read: number;
  /** Items of the table, for a progress bar. */
  items: number;
  /** Leads whose model isn't stored. */
  unjudged: number;
  /** Leads that aren't retained until then. */
  erased: number;
}

interface ReadProps {
  readonly at: number;
  readonly models: Pick<Models, 'find'>;
  readonly counts: ReadCounts;
  /** Is called after each item that was read. */
  readonly onItem: () => void;
}

/** Yields the entries of each lead together. */
async function* groupEntries(
  items: AsyncIterable<LeadItem>,
  { counts, onItem }: ReadProps,
): AsyncGenerator<readonly LedgerEntry[]> {
  let leadId: string | undefined;
  let entries: LedgerEntry[] = [];
  for await (const item of items) {
    counts.items++;
    onItem();
    if (item.leadId !== leadId && entries.length > 0) yield entries;
    if (item.leadId !== leadId) entries = [];
    ({ leadId } = item);
    if (item.kind === 'entry') entries.push(item.entry);
  }
  if (entries.length > 0) yield entries;
}

/** Yields the leads that were known at an instant in the past, as they were, from the ledgers of all. */
export async function* readLeadsPast(
  { dynamodb, leadsTable }: Connection,
  props: ReadProps,
): AsyncGenerator<LeadState> {
  const { at, models, counts } = props;
  for await (const entries of groupEntries(readLeads(dynamodb, leadsTable), props)) {
    counts.read++;
    const past = await judgePast(entries, at, models);
    if (past.kind === 'unjudged') counts.unjudged++;
    if (past.kind === 'known' && !isClosed(past.lead)) yield past.lead;
  }
}

/** Yields all leads as they will be at an instant if nothing happens until then. */
export async function* readLeadsFuture(
  { dynamodb, leadsTable }: Connection,
  { at, models, counts, onItem }: ReadProps,
): AsyncGenerator<LeadState> {
  for await (const state of readStates(dynamodb, leadsTable)) {
    counts.items++;
    counts.read++;
    onItem();
    const model = await models.find(state.modelVersion);
    const end = model && computeRetentionEnd(model, state.facts);
    if (model === undefined) counts.unjudged++;
    else if (end !== undefined && end <= at) counts.erased++;
    else yield advanceTo(model, state, at).state;
  }
}

/** Returns remarks on how much was read, and what is left out. */
export const formatCounts = ({ read, unjudged, erased }: ReadCounts, tense: 'past' | 'future'): string[] => [
  tense === 'past'
    ? `Read the histories of ${formatCount(read, 'lead')}.`
    : `Looked ahead for ${formatCount(read, 'lead')}.`,
  ...(unjudged > 0 ? [`Left out ${formatCount(unjudged, 'lead')} whose model isn't stored.`] : []),
  ...(erased > 0 ? [`Left out ${formatCount(erased, 'lead')} that will have been erased by then.`] : []),
];
