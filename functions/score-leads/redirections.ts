import type { Ledger, StoredLead } from '../../shared/ledger/index.ts';
import { ledgerOf, type Progress, settlePresent } from './progress.ts';

/** Redirections that go in a circle or lead nowhere: this code writes none, so somebody else has. */
export class BrokenRedirectionError extends Error {
  readonly code = 'BROKEN_REDIRECTION';
  constructor(hops: number) {
    super(`after ${hops} redirections there is no lead, or one that was passed before`);
    this.name = 'BrokenRedirectionError';
  }
}

/** A lead and what is stored of it, which is no redirection. */
export interface Resolved {
  readonly leadId: string;
  readonly before: Exclude<StoredLead, { status: 'merged' }> | undefined;
}

/** The lead that a lead has become by merges. @throws BrokenRedirectionError */
export const resolve = async (ledger: Ledger, leadId: string): Promise<Resolved> => {
  const path = new Set<string>();
  let at = leadId;
  for (;;) {
    const before = (await ledger.load([at])).get(at);
    if (path.has(at) || (before === undefined && path.size > 0)) throw new BrokenRedirectionError(path.size);
    if (before?.status !== 'merged') return { leadId: at, before };
    path.add(at);
    at = before.mergedInto;
  }
};

/**
 * Goes on from a merged lead to the one that it was merged into. Its ledger takes nothing in any more, so what it does
 * not have by now it never will: events that it has are duplicates, the others are recorded further on.
 *
 * @throws BrokenRedirectionError
 */
export const followRedirections = async (ledger: Ledger, progress: Progress): Promise<void> => {
  while (progress.lead?.status === 'merged' && progress.pending.length > 0) {
    const { mergedInto } = progress.lead;
    const events = progress.pending.map(({ event }) => event);
    settlePresent(progress, await ledger.find(ledgerOf(progress), events));
    const lead = (await ledger.load([mergedInto])).get(mergedInto);
    const { path } = progress;
    if (lead === undefined || path.includes(mergedInto)) throw new BrokenRedirectionError(path.length);
    path.push(mergedInto);
    progress.lead = lead;
  }
};
