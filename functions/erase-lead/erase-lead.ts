import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type ActionEvent, parseAction } from '../../events/index.ts';
import type { FollowUps } from '../../shared/follow-ups/index.ts';
import { count, eachRecord, hashReference, logger } from '../../shared/lambda/index.ts';
import type { LedgerEraser } from '../../shared/ledger/index.ts';
import type { QuarantineRedactor } from '../../shared/quarantine/index.ts';

export interface EraseLeadDeps {
  readonly ledger: LedgerEraser;
  readonly quarantine: Pick<QuarantineRedactor, 'redactLead'>;
  readonly followUps: Pick<FollowUps, 'eraseHandoffs'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Erased {
  leads: number;
  entries: number;
  quarantined: number;
  handoffs: number;
}

/** Returns the same announcement, of another lead. */
const withLeadId = (event: ActionEvent, leadId: string): ActionEvent =>
  ({ ...event, data: { ...event.data, leadId } }) as ActionEvent;

/**
 * Erases what is stored of one lead, unless its stored state says that it is not erased: an announcement can be forged,
 * and so can an entry that names another lead. Returns the leads that were merged into it.
 */
const eraseOne = async (
  { ledger, quarantine, followUps, now }: EraseLeadDeps,
  event: ActionEvent,
  leadId: string,
  sum: Erased,
): Promise<readonly string[]> => {
  if (!(await ledger.isErased(leadId))) {
    count('ErasuresRefused', 1);
    logger.warn('an erasure was announced, but the lead is not erased; nothing was removed', {
      lead: hashReference(leadId),
    });
    return [];
  }
  sum.leads += 1;
  const { entries, mergedLeads } = await ledger.eraseEntries(leadId);
  const by = { actor: 'erase-lead', at: new Date(now()).toISOString() };
  sum.entries += entries;
  sum.quarantined += await quarantine.redactLead(leadId, by);
  sum.handoffs += await followUps.eraseHandoffs(withLeadId(event, leadId));
  return mergedLeads;
};

/**
 * Erases what is stored of a lead and of all leads that were merged into it, since they are one person. If this fails
 * half way, the message is retried and the rest is erased.
 */
const eraseAll = async (deps: EraseLeadDeps, event: ActionEvent): Promise<Erased> => {
  const sum: Erased = { leads: 0, entries: 0, quarantined: 0, handoffs: 0 };
  const found = new Set([event.data.leadId]);
  // Iterating over a set includes what is added meanwhile.
  for (const leadId of found) {
    for (const merged of await eraseOne(deps, event, leadId, sum)) found.add(merged);
  }
  return sum;
};

const erase =
  (deps: EraseLeadDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const event = parseAction(JSON.parse(body));
    if (event.type !== 'LeadErased') return;
    const sum = await eraseAll(deps, event);
    if (sum.leads === 0) return;
    logger.info('lead erased', { lead: hashReference(event.data.leadId), ...sum });
    const { entries, quarantined, handoffs } = sum;
    count('LeadsErased', 1);
    count('EntriesErased', entries);
    count('QuarantinedErased', quarantined);
    count('HandoffsErased', handoffs);
  };

export const eraseLead =
  (deps: EraseLeadDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, erase(deps));
