import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { isClosed } from '../../../shared/lead/index.ts';
import {
  createAuditor,
  mergedLeadIn,
  parseEntry,
  parseLead,
  type StoredLead,
} from '../../../shared/ledger/index.ts';
import { type TimelineStep, timelineOf } from './timeline.ts';

export interface Timeline {
  readonly leadId: string;
  /** What is stored of it; undefined where its state is lost. */
  readonly lead: StoredLead | undefined;
  readonly steps: readonly TimelineStep[];
  /** How much is wrong with its ledger. */
  readonly findings: number;
  /** Leads that were folded into it, in the order in which they were. */
  readonly merged: readonly string[];
}

/** @returns undefined where nothing is stored of it */
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
    steps: timelineOf(entries.map(parseEntry)),
    findings: findings.length,
    merged: entries.flatMap((item) => mergedLeadIn(item) ?? []),
  };
};

/** The timeline of a lead and, where that is asked for, of all that were merged into it, directly or not. */
export async function* readTimelines(
  client: DynamoDBClient,
  table: string,
  leadId: string,
  withMerged: boolean,
): AsyncGenerator<Timeline> {
  const found = new Set([leadId]);
  // A set takes in what is added while it is walked.
  for (const each of found) {
    const timeline = await readTimeline(client, table, each);
    if (timeline === undefined) continue;
    yield timeline;
    if (withMerged) for (const merged of timeline.merged) found.add(merged);
  }
}

/** Where a lead has gone to, if it is no more one of its own. */
export const endWords = ({ leadId, lead }: Timeline): string[] => {
  if (lead === undefined || !isClosed(lead)) return [];
  return [
    lead.status === 'erased'
      ? `${leadId} was erased.`
      : `${leadId} was merged into ${lead.mergedInto} for good.`,
  ];
};
