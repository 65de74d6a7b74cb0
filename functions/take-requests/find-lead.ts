import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import { getItems, type Item, number, text, unpacked } from '../../shared/dynamodb/index.ts';
import { stateKey } from '../../shared/keys/index.ts';
import type { Facts } from '../../shared/scoring/index.ts';
import type { RequestDeps } from './deps.ts';

type TableDeps = Pick<RequestDeps, 'client' | 'leadsTable'>;

/** The part of a stored lead by which it is decided whether a request may change it. */
export type FoundLead = { readonly leadId: string; readonly version: number } & (
  | { readonly status: 'erased' }
  | { readonly status: 'merged'; readonly mergedInto: string }
  | { readonly status: 'open'; readonly facts: Facts }
);

/** The attributes of a lead that are read, beside the keys. */
const read = ['version', 'status', 'mergedInto', 'facts'];

const parseLead = (leadId: string, item: Item): FoundLead => {
  const common = { leadId, version: number(item, 'version') };
  const status = text(item, 'status');
  if (status === 'erased') return { ...common, status };
  if (status === 'merged') return { ...common, status, mergedInto: text(item, 'mergedInto') };
  return { ...common, status: 'open', facts: unpacked(item, 'facts') };
};

const problem = (
  type: 'not-found' | 'erased' | 'conflict',
  detail: string,
  path: string,
  leadId: string,
  allowed: string,
): ApiProblem => new ApiProblem(type, detail, [{ path, given: showValue(leadId), allowed }]);

/** Returns the problem of a lead of which nothing is known. @param path the field of the request that names it */
export const leadNotFound = (path: string, leadId: string): ApiProblem =>
  problem('not-found', 'there is no such lead', path, leadId, 'the id of a lead that was heard of');

/** Returns a lead as it is stored, read consistently; undefined if nothing is known of it. */
export const readLead = async (
  { client, leadsTable: table }: TableDeps,
  leadId: string,
): Promise<FoundLead | undefined> => {
  const [item] = await getItems({ client, table }, [stateKey(leadId)], ['pk', 'sk', ...read]);
  return item && parseLead(leadId, item);
};

/**
 * Returns a lead that is stored, open or closed.
 *
 * @param path the field of the request that names the lead
 * @throws ApiProblem if there is none
 */
export const findLead = async (deps: TableDeps, leadId: string, path: string): Promise<FoundLead> => {
  const lead = await readLead(deps, leadId);
  if (lead !== undefined) return lead;
  throw leadNotFound(path, leadId);
};

/** Checks that a lead was neither erased nor merged. @throws ApiProblem */
export const checkOpen = (lead: FoundLead, path: string): void => {
  if (lead.status === 'erased')
    throw problem('erased', 'the lead was erased', path, lead.leadId, 'a lead that was not erased');
  if (lead.status === 'merged') {
    const survivor = showValue(lead.mergedInto);
    throw problem('conflict', 'the lead was merged into another one', path, lead.leadId, survivor);
  }
};
