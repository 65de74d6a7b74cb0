import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import { getItems } from '../../shared/dynamodb/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { parseLead, type StoredLead } from '../../shared/ledger/index.ts';
import type { RequestDeps } from './deps.ts';

type TableDeps = Pick<RequestDeps, 'client' | 'leadsTable'>;

const problem = (
  type: 'not-found' | 'erased' | 'conflict',
  detail: string,
  path: string,
  leadId: string,
  allowed: string,
): ApiProblem => new ApiProblem(type, detail, [{ path, given: showValue(leadId), allowed }]);

/** Returns a lead as it is stored, read consistently; undefined if nothing is known of it. */
export const readLead = async (
  { client, leadsTable: table }: TableDeps,
  leadId: string,
): Promise<StoredLead | undefined> => {
  const [item] = await getItems({ client, table }, [stateKey(leadId)]);
  return item && parseLead(item);
};

/**
 * Returns a lead that is stored, open or closed.
 *
 * @param path the field of the request that names the lead
 * @throws ApiProblem if there is none
 */
export const findLead = async (deps: TableDeps, leadId: string, path: string): Promise<StoredLead> => {
  const lead = await readLead(deps, leadId);
  if (lead !== undefined) return lead;
  throw problem('not-found', 'there is no such lead', path, leadId, 'a lead of which an event is recorded');
};

/** Returns a lead that was neither erased nor merged. @throws ApiProblem if there is none */
export const findOpenLead = async (
  deps: TableDeps,
  leadId: string,
  path: string,
): Promise<LeadState & StoredLead> => {
  const lead = await findLead(deps, leadId, path);
  if (lead.status === 'erased')
    throw problem('erased', 'the lead was erased', path, leadId, 'a lead that was not erased');
  if (lead.status === 'merged') {
    const survivor = showValue(lead.mergedInto);
    throw problem('conflict', 'the lead was merged into another one', path, leadId, survivor);
  }
  return lead as LeadState & StoredLead;
};
