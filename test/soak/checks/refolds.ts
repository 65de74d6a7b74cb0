import { createErasures, createModelLibrary, inspectLead } from '../../../shared/ledger/audit/index.ts';
import { createDynamoDbLedger } from '../../../shared/ledger/index.ts';
import { createDynamoDbModelStore } from '../../../shared/model-store/index.ts';
import type { Finding } from './finding.ts';
import type { Stored, Tables } from './stored.ts';

/** I2 and I9, by the product's own audit: each chain holds, and each state is what its ledger folds to. */
export const checkRefolds = async (
  { dynamodb: client, leads: table }: Tables,
  stored: Stored,
): Promise<Finding[]> => {
  const deps = {
    models: createModelLibrary(createDynamoDbModelStore({ client, table })),
    erasures: createErasures(createDynamoDbLedger({ client, table })),
  };
  const findings: Finding[] = [];
  for (const { leadId: about, state, entries } of stored.leads.values()) {
    if (state === undefined && entries.length === 0) continue;
    const { chain, fold } = await inspectLead(deps, { leadId: about, state, entries });
    findings.push(
      ...chain.map(({ sentence }) => ({ invariant: 'I9', about, sentence })),
      ...fold.map(({ sentence }) => ({ invariant: 'I2', about, sentence })),
    );
  }
  return findings;
};
