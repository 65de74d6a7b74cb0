import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isClosed } from '../../../shared/lead/index.ts';
import {
  createAuditor,
  findMergedLead,
  parseEntry,
  parseLead,
  type StoredLead,
} from '../../../shared/ledger/index.ts';
import { buildTimeline, type TimelineStep } from '../../../shared/timeline/index.ts';

export interface Timeline {
  readonly leadId: string;
  /** The stored lead; undefined if its state is lost. */
  readonly lead: StoredLead | undefined;
  readonly steps: readonly TimelineStep[];
  /** The number of findings in an audit of the ledger. */
  readonly findings: number;
  /** The leads that were merged into it, in that order. */
  readonly merged: readonly string[];
}

/** Reads the timeline of one lead. Returns undefined if nothing is stored of the lead. */
const readTimeline = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
): Promise<Timeline | undefined> => {
  const { ledger, findings } = await createAuditor({ client, table }).audit(leadId);
  const { state, entries } = ledger;
  if (state === undefined && entries.length === 0) return undefined;
  return {
    leadId,
    lead: state && parseLead(state),
    steps: buildTimeline(entries.map(parseEntry)),
    findings: findings.length,
    merged: entries.flatMap((item) => findMergedLead(item) ?? []),
  };
};

/**
 * Yields the timeline of a lead.
 *
 * @param withMerged whether to yield also those of all leads that were merged into it, directly or not
 */
export async function* readTimelines(
  client: DynamoDBClient,
  table: string,
  leadId: string,
  withMerged: boolean,
): AsyncGenerator<Timeline> {
  const found = new Set([leadId]);
  // Iterating over a set includes elements that are added meanwhile.
  for (const each of found) {
    const timeline = await readTimeline(client, table, each);
    if (timeline === undefined) continue;
    yield timeline;
    if (withMerged) for (const merged of timeline.merged) found.add(merged);
  }
}

/** Describes how a lead ended, if it was erased or merged into another one. */
export const describeEnd = ({ leadId, lead }: Timeline): string[] => {
  if (lead === undefined || !isClosed(lead)) return [];
  return [
    lead.status === 'erased'
      ? `${leadId} was erased.`
      : `${leadId} was merged into ${lead.mergedInto} for good.`,
  ];
};
