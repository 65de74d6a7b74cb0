import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { type Item, S, text } from '../../shared/dynamodb/index.ts';
import { buildPositionKey, isEntrySortKey, leadKey } from '../../shared/keys/index.ts';
import type { LeadState } from '../../shared/lead/index.ts';
import { type LedgerEntry, parseEntry, parseLead, type StoredLead } from '../../shared/ledger/index.ts';
import type { Target } from './target.ts';

/** Everything that the table has about a lead. */
export interface LeadView {
  readonly lead: StoredLead | undefined;
  readonly entries: readonly LedgerEntry[];
  /** The positions up to which nurture and hand-offs have followed the lead's announcements. */
  readonly followed: readonly (string | undefined)[];
  readonly items: readonly Item[];
}

export const viewLead = async ({ clients, output }: Target, leadId: string): Promise<LeadView> => {
  const items: Item[] = [];
  const pages = paginateQuery(
    { client: clients.dynamodb },
    {
      TableName: output('LeadsTableName'),
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)) },
    },
  );
  for await (const { Items = [] } of pages) items.push(...Items);
  const bySortKey = (sk: string): Item | undefined => items.find((item) => text(item, 'sk') === sk);
  const state = bySortKey('STATE');
  return {
    lead: state && parseLead(state),
    entries: items.filter((item) => isEntrySortKey(text(item, 'sk'))).map(parseEntry),
    followed: ['NURTURE', 'HANDOFF'].map((sk) => bySortKey(sk)?.position?.S),
    items,
  };
};

/** Whether nurture and hand-offs have followed the last entry that asks for another action. */
export const isFollowed = ({ entries, followed }: LeadView): boolean => {
  const asking = entries.filter(
    (entry) =>
      entry.kind === 'closing' ||
      (entry.kind === 'decided' && entry.actionChanged && entry.changes.length > 0),
  );
  const last = asking.map(buildPositionKey).toSorted().at(-1);
  return last === undefined || followed.every((position) => position !== undefined && position >= last);
};

/** Returns the fields of a lead that are compared. */
export const formatStanding = ({ lead, entries }: LeadView): object => {
  if (lead === undefined) return { entries: entries.length };
  const { version, status } = lead;
  const base = { entries: entries.length, version, status };
  if (status === 'merged' || status === 'erased') return base;
  const { stage, tier, score, coverage, modelVersion, action } = lead as LeadState;
  return { ...base, stage, tier, score, coverage, modelVersion, action };
};
