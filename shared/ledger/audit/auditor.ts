import type { TableProps } from '../../dynamodb/index.ts';
import { loadModel } from '../../model-store/index.ts';
import { createDynamoDbLedger } from '../dynamodb-ledger.ts';
import type { Anchor } from './anchors.ts';
import type { Finding } from './finding.ts';
import { type Inspected, inspectLead } from './inspect-lead.ts';
import { createModelLibrary } from './models.ts';
import { readLead, type StoredLedger } from './read-lead.ts';
import { createErasures } from './was-erased.ts';

/** A lead as stored, with all findings about it. */
export interface Audited extends Inspected {
  readonly ledger: StoredLedger;
  readonly findings: readonly Finding[];
}

export interface Auditor {
  /** Reads a lead as it was at one moment, and inspects it. */
  audit(leadId: string, anchors?: readonly Anchor[]): Promise<Audited>;
  /**
   * Inspects a lead that a scan read. A commit may have come in between, so if there are findings, the lead is read
   * again as of one moment, and only those findings count.
   */
  auditWalked(walked: StoredLedger, anchors?: readonly Anchor[]): Promise<Audited>;
}

export const createAuditor = (props: TableProps): Auditor => {
  const deps = {
    models: createModelLibrary((version) => loadModel(props, version)),
    erasures: createErasures(createDynamoDbLedger(props)),
  };

  const inspect = async (ledger: StoredLedger, anchors: readonly Anchor[] = []): Promise<Audited> => {
    const inspected = await inspectLead(deps, ledger, anchors);
    return { ...inspected, ledger, findings: [...inspected.chain, ...inspected.fold] };
  };

  const audit: Auditor['audit'] = async (leadId, anchors) =>
    inspect(await readLead(props.client, props.table, leadId), anchors);

  return {
    audit,
    async auditWalked(walked, anchors) {
      const audited = await inspect(walked, anchors);
      return audited.findings.length === 0 ? audited : audit(walked.leadId, anchors);
    },
  };
};
