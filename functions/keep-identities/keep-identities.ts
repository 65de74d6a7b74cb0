import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { parseAction } from '../../events/index.ts';
import type { IdentityEraser } from '../../shared/identity/index.ts';
import { count, eachRecord, hashReference, logger } from '../../shared/lambda/index.ts';
import type { ErasureReader } from '../../shared/ledger/index.ts';

export interface KeepIdentitiesDeps {
  readonly leads: ErasureReader;
  readonly identities: IdentityEraser;
}

interface Removed {
  leads: number;
  identifiers: number;
  pairs: number;
}

/**
 * Removes the identities of one lead, unless its stored state says that it is not erased: an announcement can be forged.
 * Returns the leads that merges name beside it.
 */
const forgetOne = async (
  { leads, identities }: KeepIdentitiesDeps,
  leadId: string,
  sum: Removed,
): Promise<readonly string[]> => {
  if (!(await leads.isErased(leadId))) return [];
  const { identifiers, pairs } = await identities.forget(leadId);
  sum.leads += 1;
  sum.identifiers += identifiers;
  sum.pairs += pairs;
  return leads.listMerged(leadId);
};

/** Removes the identities of a lead and of all leads that were merged into it, for which no erasure is announced. */
const forgetAll = async (deps: KeepIdentitiesDeps, leadId: string): Promise<Removed> => {
  const sum: Removed = { leads: 0, identifiers: 0, pairs: 0 };
  const found = new Set([leadId]);
  // Iterating over a set includes what is added meanwhile.
  for (const id of found) for (const other of await forgetOne(deps, id, sum)) found.add(other);
  return sum;
};

const keep =
  (deps: KeepIdentitiesDeps) =>
  async ({ body }: SQSRecord): Promise<void> => {
    const { type, data } = parseAction(JSON.parse(body));
    if (type !== 'LeadErased') return;
    const lead = hashReference(data.leadId);
    const removed = await forgetAll(deps, data.leadId);
    if (removed.leads === 0) {
      count('IdentityErasuresRefused', 1);
      logger.warn('an erasure was announced, but the lead is not erased; no identity was removed', { lead });
      return;
    }
    logger.info('identities erased', { lead, ...removed });
    count('IdentifiersErased', removed.identifiers);
    count('PairsErased', removed.pairs);
  };

/** Removes identifiers and pairs of leads that were erased. A record that fails is retried, and delays no other. */
export const keepIdentities =
  (deps: KeepIdentitiesDeps) =>
  (event: SQSEvent): Promise<SQSBatchResponse> =>
    eachRecord(event, keep(deps));
