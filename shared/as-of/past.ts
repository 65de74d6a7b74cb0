import { entryRange, leadSortKeyPrefixes } from '../keys/index.ts';
import { advanceTo, isClosed, type Lead } from '../lead/index.ts';
import { type LedgerEntry, refold } from '../ledger/index.ts';
import type { FindModel } from '../model-store/index.ts';
import type { ScoringModel } from '../scoring/index.ts';

/** A lead as of an instant in the past. */
type Past =
  | { readonly kind: 'known'; readonly lead: Lead; readonly model?: ScoringModel }
  /** Nothing was known of it by then. */
  | { readonly kind: 'unknown' }
  /** The lead was erased, with everything that was known of it by then. */
  | { readonly kind: 'erased' }
  /** A model that judged it isn't stored. */
  | { readonly kind: 'unjudged'; readonly modelVersion: string };

/** Returns the end of the sort keys of what had happened by an instant: they begin with the time of the event. */
export const lastSortKey = (at: number): string =>
  `${leadSortKeyPrefixes.entry}${new Date(at).toISOString()}${entryRange.to.slice(-1)}`;

/**
 * Judges a lead as of an instant in the past: what had happened by then, in the order in which it was recorded, each
 * entry by the model that it names. What came in later, but had happened by then, counts.
 */
export const judgePast = async (
  entries: readonly LedgerEntry[],
  at: number,
  models: { readonly find: FindModel },
): Promise<Past> => {
  const last = lastSortKey(at);
  const past = entries.filter(({ sk }) => sk < last);
  if (past.length === 0) return { kind: 'unknown' };
  const found = new Map<string, ScoringModel>();
  for (const entry of past) {
    if (entry.kind !== 'decided' || found.has(entry.standing.modelVersion)) continue;
    const { modelVersion } = entry.standing;
    const model = await models.find(modelVersion);
    if (model === undefined) return { kind: 'unjudged', modelVersion };
    found.set(modelVersion, model);
  }
  const { lead } = refold(past, (version) => found.get(version));
  if (lead === undefined) return { kind: 'erased' };
  const model = isClosed(lead) ? undefined : found.get(lead.modelVersion);
  if (isClosed(lead) || model === undefined) return { kind: 'known', lead };
  return { kind: 'known', lead: advanceTo(model, lead, at).state, model };
};
