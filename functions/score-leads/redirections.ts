import type { Ledger, StoredLead } from '../../shared/ledger/index.ts';

/** Redirections lead in a circle or to a lead that is not stored. Sluice writes none such, so something else did. */
export class BrokenRedirectionError extends Error {
  readonly code = 'BROKEN_REDIRECTION';
  constructor(hops: number) {
    super(`after ${hops} redirections there is no lead, or one that was passed before`);
    this.name = 'BrokenRedirectionError';
  }
}

/** A lead, and how it was reached. */
export interface LocatedLead {
  readonly leadId: string;
  /** What is stored of it. */
  readonly before: StoredLead | undefined;
  /** The leads that were merged one into the next, and the last of them into this one. */
  readonly mergedFrom: readonly string[];
}

/** The lead that one has become by merges: itself, if it was never merged into another. */
export interface Survivor extends LocatedLead {
  readonly before: Exclude<StoredLead, { status: 'merged' }> | undefined;
}

/** Reads what is stored of one lead. */
export const loadLead = async (ledger: Ledger, leadId: string): Promise<StoredLead | undefined> =>
  (await ledger.load([leadId])).get(leadId);

/**
 * Goes on from a merged lead to the one that it was merged into.
 *
 * @throws BrokenRedirectionError
 */
export const followRedirection = async (
  ledger: Ledger,
  merged: LocatedLead,
  mergedInto: string,
): Promise<LocatedLead> => {
  const mergedFrom = [...merged.mergedFrom, merged.leadId];
  const before = await loadLead(ledger, mergedInto);
  if (before === undefined || mergedFrom.includes(mergedInto))
    throw new BrokenRedirectionError(mergedFrom.length);
  return { leadId: mergedInto, before, mergedFrom };
};

/**
 * Finds the lead that a lead has become by merges.
 *
 * @throws BrokenRedirectionError
 */
export const findSurvivor = async (ledger: Ledger, leadId: string): Promise<Survivor> => {
  let lead: LocatedLead = { leadId, before: await loadLead(ledger, leadId), mergedFrom: [] };
  for (;;) {
    const { before } = lead;
    if (before?.status !== 'merged') return { ...lead, before };
    lead = await followRedirection(ledger, lead, before.mergedInto);
  }
};
