import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createAuditor, type Finding, walkTable } from '../../shared/ledger/index.ts';
import type { AnchorBook } from './anchor-book.ts';

/** A finding with the lead that it is of; of anchors themselves, there is none. */
export interface LeadFinding extends Finding {
  readonly leadId?: string;
  /** In place of the id, where nothing is left that would tell it. */
  readonly digest?: string;
}

export interface VerifyProps {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly segments: number;
  /** What was anchored of the leads; what is taken out of it was found. */
  readonly anchors?: AnchorBook | undefined;
  readonly onFinding: (finding: LeadFinding) => void;
  readonly onItems: (items: number) => void;
}

export interface Verified {
  readonly leads: number;
  readonly entries: number;
}

const gone = (digest: string): LeadFinding => ({
  code: 'lead-gone',
  digest,
  sentence: 'nothing is left of a lead that was anchored: it is told by the digest of its id',
});

/** Verifies all leads of a table, one segment beside the other; only ever a lead a segment is in memory. */
export const verifyTable = async (props: VerifyProps): Promise<Verified> => {
  const { client, table, segments, anchors, onFinding, onItems } = props;
  const auditor = createAuditor({ client, table });
  let leads = 0;
  let entries = 0;
  const verifySegment = async (segment: number): Promise<void> => {
    for await (const walked of walkTable(client, table, { segment, segments })) {
      const { leadId } = walked;
      const { ledger, findings } = await auditor.auditWalked(walked, anchors?.take(leadId));
      for (const finding of findings) onFinding({ leadId, ...finding });
      leads++;
      entries += ledger.entries.length;
      onItems(leads + entries);
    }
  };
  await Promise.all(Array.from({ length: segments }, (_, segment) => verifySegment(segment)));
  for (const digest of anchors?.left() ?? []) onFinding(gone(digest));
  return { leads, entries };
};
