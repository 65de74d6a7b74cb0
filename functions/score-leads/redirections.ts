import type { Ledger, StoredLead } from '../../shared/ledger/index.ts';

/**
 * Thrown if redirections lead in a circle, or to a lead that is not stored. Sluice never writes such redirections, so
 * something else did.
 */
class BrokenRedirectionError extends Error {
  readonly code = 'BROKEN_REDIRECTION';
  constructor(hops: number) {
    super(`after ${hops} redirections there is no lead, or one that was passed before`);
    this.name = 'BrokenRedirectionError';
  }
}

/** A lead, and the redirections by which it was reached. */
export interface LocatedLead {
  readonly leadId: string;
  /** The stored lead, if there is one. */
  readonly before: StoredLead | undefined;
  /** The leads that were merged one into the next, and the last of them into this one. */
  readonly mergedFrom: readonly string[];
}

/** The lead that another one has become by merges; the lead itself, if it was never merged. */
export interface Survivor extends LocatedLead {
  readonly before: Exclude<StoredLead, { status: 'merged' }> | undefined;
}

/** Reads one stored lead. */
export const loadLead = async (ledger: Ledger, leadId: string): Promise<StoredLead | undefined> =>
  (await ledger.load([leadId])).get(leadId);

/**
 * Follows the redirection of a merged lead to the lead that it was merged into.
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
