import { findLinkedLead } from '../../shared/identity/index.ts';
import { createIdentityKey } from '../../shared/secrets/index.ts';
import type { TriedPayload } from '../source/try-payloads.ts';
import { withConnection } from '../stack/connect.ts';

/**
 * Finds the leads of payloads that were sent, by the ids or the identifiers that these have, so that the page can show
 * what became of them.
 */
export const findLeads = (endpoint: string, payloads: readonly TriedPayload[]): Promise<readonly string[]> =>
  withConnection({ endpoint }, async (connection) => {
    const { dynamodb: client, leadsTable, output, secretsManager } = connection;
    const key = createIdentityKey({ client: await secretsManager(), secretId: output('IdentityKeyArn') });
    const props = { client, leadsTable, table: output('IdentitiesTableName'), key };
    const leads = new Set<string>();
    for (const { lead } of payloads) {
      if (lead?.leadId !== undefined) leads.add(lead.leadId);
      for (const identifier of lead?.identifiers ?? []) {
        const found = await findLinkedLead(props, identifier);
        if (found !== undefined) leads.add(found.leadId);
      }
    }
    return [...leads];
  });
