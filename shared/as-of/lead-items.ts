import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, S, type TableProps } from '../dynamodb/index.ts';
import { type Handoff, type Nurture, parseHandoff, parseNurture } from '../follow-ups/index.ts';
import { entryRange, leadKey, leadSortKeys } from '../keys/index.ts';
import { type LedgerEntry, parseEntry, parseLead, type StoredLead } from '../ledger/index.ts';
import { lastSortKey } from './past.ts';
import type { Upcoming } from './upcoming.ts';

export type Table = Pick<TableProps, 'client' | 'table'>;

/** The hand-offs of a lead, without erased ones, and its nurture. */
export interface FollowUpItems {
  readonly handoffs: readonly Handoff[];
  readonly nurture: Nurture;
  /** False if there are more hand-offs than were to be read. */
  readonly isWhole: boolean;
}

/** Everything about a lead but its ledger. */
export interface LeadItems extends FollowUpItems {
  readonly stored: StoredLead | undefined;
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly backward?: boolean;
  /** The most items to read. */
  readonly most: number;
}

interface RangeRead {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
}

/** The least items for which a page of DynamoDB is counted, so that large items are bounded too. */
const itemsAPage = 50;

/** Reads the items of a lead between two sort keys, consistently, up to a number of them. */
const readRange = async (
  { client, table }: Table,
  leadId: string,
  { from, to, backward = false, most }: Range,
): Promise<RangeRead> => {
  const items: Item[] = [];
  let start: Item | undefined;
  for (let pages = 0; items.length < most && pages * itemsAPage < most; pages++) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :lead AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':lead': S(leadKey(leadId)), ':from': S(from), ':to': S(to) },
        ScanIndexForward: !backward,
        ...(Number.isFinite(most) && { Limit: most - items.length }),
        ...(start !== undefined && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...Items);
    if (LastEvaluatedKey === undefined) return { items, isWhole: true };
    start = LastEvaluatedKey;
  }
  return { items, isWhole: false };
};

/**
 * Reads everything about a lead but its ledger, in one request as a rule. The state comes first, so it is there even if
 * the lead has more hand-offs than are to be read.
 */
export const readLeadItems = async (table: Table, leadId: string, most: number): Promise<LeadItems> => {
  const range = { from: leadSortKeys.handoffPointer, to: leadSortKeys.state, backward: true, most };
  const { items, isWhole } = await readRange(table, leadId, range);
  const find = (sk: string) => items.find((item) => item.sk?.S === sk);
  const state = find(leadSortKeys.state);
  return {
    stored: state && parseLead(state),
    handoffs: items.flatMap((item) => parseHandoff(item) ?? []).filter(({ status }) => status !== 'erased'),
    nurture: parseNurture(find(leadSortKeys.nurture)),
    isWhole,
  };
};

/** Lists what is due of a lead's open hand-offs, and the nurture track for which it waits. */
export const listFollowUps = ({ handoffs, nurture: { waiting } }: FollowUpItems): Upcoming[] => {
  const found = handoffs.flatMap(({ status, queue = '', dueAt }): Upcoming[] =>
    status === 'open' && dueAt !== undefined ? [{ kind: 'handoffDue', at: Date.parse(dueAt), queue }] : [],
  );
  if (waiting !== undefined) found.push({ kind: 'nurtureStart', at: waiting.dueAt, track: waiting.track });
  return found.sort((a, b) => a.at - b.at);
};

/** Reads the entries of what had happened by an instant. @param at milliseconds since 1970 */
export const readEntriesUntil = async (
  table: Table,
  leadId: string,
  at: number,
  most: number,
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly isWhole: boolean }> => {
  const { items, isWhole } = await readRange(table, leadId, {
    from: entryRange.from,
    to: lastSortKey(at),
    most,
  });
  return { entries: items.map(parseEntry), isWhole };
};

/** Reads the entry of the earliest event of a lead; undefined if it has no ledger. */
export const readFirstEntry = async (table: Table, leadId: string): Promise<LedgerEntry | undefined> => {
  const { items } = await readRange(table, leadId, { ...entryRange, most: 1 });
  return items.map(parseEntry)[0];
};
