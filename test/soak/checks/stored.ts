import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { type Item, text } from '../../../shared/dynamodb/index.ts';
import { isEntrySortKey, isLeadKey, isNurtureSortKey, parseLeadKey } from '../../../shared/keys/index.ts';
import { parseLead, type StoredLead } from '../../../shared/ledger/index.ts';
import { createDynamoDbQuarantineAdmin, type QuarantinedEvent } from '../../../shared/quarantine/index.ts';

export interface Tables {
  readonly dynamodb: DynamoDBClient;
  readonly leads: string;
  readonly quarantine: string;
}

/** All that is stored of one lead. */
export interface LeadItems {
  readonly leadId: string;
  state: Item | undefined;
  nurture: Item | undefined;
  /** By sort key. */
  readonly entries: Item[];
  readonly handoffs: Item[];
}

/** All that is stored. */
export interface Stored {
  readonly leads: ReadonlyMap<string, LeadItems>;
  readonly quarantined: readonly QuarantinedEvent[];
}

const put = (lead: LeadItems, item: Item): void => {
  const sk = text(item, 'sk');
  if (isEntrySortKey(sk)) lead.entries.push(item);
  else if (sk === 'STATE') lead.state = item;
  else if (isNurtureSortKey(sk)) lead.nurture = item;
  else if (sk.startsWith('HANDOFF#')) lead.handoffs.push(item);
};

const readLeads = async ({ dynamodb, leads: TableName }: Tables): Promise<Map<string, LeadItems>> => {
  const leads = new Map<string, LeadItems>();
  for await (const { Items = [] } of paginateScan(
    { client: dynamodb },
    { TableName, ConsistentRead: true },
  )) {
    for (const item of Items) {
      const pk = text(item, 'pk');
      if (!isLeadKey(pk)) continue;
      const leadId = parseLeadKey(pk);
      const lead = leads.get(leadId) ?? {
        leadId,
        state: undefined,
        nurture: undefined,
        entries: [],
        handoffs: [],
      };
      leads.set(leadId, lead);
      put(lead, item);
    }
  }
  return leads;
};

export const readStored = async (tables: Tables): Promise<Stored> => ({
  leads: await readLeads(tables),
  quarantined: await Array.fromAsync(
    createDynamoDbQuarantineAdmin(tables.dynamodb, tables.quarantine).list({}),
  ),
});

export const stateOf = ({ state }: LeadItems): StoredLead | undefined => state && parseLead(state);

/** The lead that a lead has become by merges, as its state says. */
export const endOf = ({ leads }: Stored, leadId: string): LeadItems | undefined => {
  const seen = new Set<string>();
  for (let at = leadId; !seen.has(at); ) {
    seen.add(at);
    const lead = leads.get(at);
    const state = lead && stateOf(lead);
    if (state?.status !== 'merged') return lead;
    at = state.mergedInto;
  }
  return undefined;
};
