import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createAuditor, type Finding, walkTable } from '../../shared/ledger/index.ts';
import type { AnchorIndex } from './anchor-index.ts';

/** A finding with its lead; a finding about the anchors themselves has none. */
export interface LeadFinding extends Finding {
  readonly leadId?: string;
  /** The digest of the lead's id, if nothing is left of the lead but its anchors. */
  readonly digest?: string;
}

export interface VerifyProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly segments: number;
  /** The anchors of the leads. Those of each lead in the table are removed. */
  readonly anchors?: AnchorIndex | undefined;
  readonly onFinding: (finding: LeadFinding) => void;
  readonly onItems: (items: number) => void;
}

export interface Verified {
  readonly leads: number;
  readonly entries: number;
  /** The leads that at least one anchor is of. */
  readonly anchored: number;
}

const goneLead = (digest: string): LeadFinding => ({
  code: 'cut-tail',
  version: 1,
  ordinal: 0,
  digest,
  sentence: 'nothing is left of a lead that was anchored; it is named by the digest of its id',
});

/** Verifies all leads of a table: the segments in parallel, with one lead of each segment in memory. */
export const verifyTable = async (props: VerifyProps): Promise<Verified> => {
  const { client, table, segments, anchors, onFinding, onItems } = props;
  const auditor = createAuditor({ client, table });
  let leads = 0;
  let entries = 0;
  let anchored = 0;
  const verifySegment = async (segment: number): Promise<void> => {
    for await (const walked of walkTable(client, table, { segment, segments })) {
      const { leadId } = walked;
      const own = anchors?.take(leadId) ?? [];
      const { ledger, findings } = await auditor.auditWalked(walked, own);
      for (const finding of findings) onFinding({ leadId, ...finding });
      leads++;
      if (own.length > 0) anchored++;
      entries += ledger.entries.length;
      onItems(leads + entries);
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => verifySegment(segment)));
  for (const digest of anchors?.left() ?? []) onFinding(goneLead(digest));
  return { leads, entries, anchored };
};
