import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { type Item, S, type TableProps, text } from '../../shared/dynamodb/index.ts';
import { isEntrySortKey, isNurtureSortKey, leadKey, parseHandoffId } from '../../shared/keys/index.ts';
import { isClosed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, findMergedLead, type StoredLead } from '../../shared/ledger/index.ts';
import { CliError } from '../errors.ts';

/** The content that is stored of a lead, as a person has to know it before the lead goes. */
export interface LeadPreview {
  /** The id that was given, if that lead was merged into this one. */
  readonly given?: string;
  readonly leadId: string;
  /** Undefined if there is no state. */
  readonly lead: StoredLead | undefined;
  readonly entries: number;
  readonly handoffs: number;
  readonly openHandoffs: number;
  /** The nurture track that it is on. */
  readonly track?: string;
  /** The nurture track that begins at an instant (UTC, ISO 8601) if nothing else is asked for before. */
  readonly waitingTrack?: { readonly track: string; readonly dueAt: string };
  /** The leads that were merged into it directly. */
  readonly mergedLeads: readonly string[];
}

/** The longest chain of merges that is followed. A cycle can't be stored; this ends if it is nevertheless. */
const mostMerges = 1_000;

const resolve = async (
  table: TableProps,
  given: string,
): Promise<[leadId: string, lead: StoredLead | undefined]> => {
  const ledger = createDynamoDbLedger(table);
  let leadId = given;
  for (let i = 0; i < mostMerges; i++) {
    const lead = (await ledger.load([leadId])).get(leadId);
    if (lead?.status !== 'merged') return [leadId, lead];
    leadId = lead.mergedInto;
  }
  throw new CliError(
    'MERGED_IN_A_CIRCLE',
    `lead ${given} is merged in a circle; see \`sluice audit verify\``,
  );
};

async function* readItems({ client, table }: TableProps, leadId: string): AsyncGenerator<Item> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)) },
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}

const readNurture = (item: Item): Pick<LeadPreview, 'track' | 'waitingTrack'> => ({
  ...(item.track !== undefined && { track: text(item, 'track') }),
  ...(item.waitingTrack !== undefined && {
    waitingTrack: { track: text(item, 'waitingTrack'), dueAt: text(item, 'dueAt') },
  }),
});

/** Reads what is stored of a lead, or of the one that it was merged into. */
export const readLead = async (table: TableProps, given: string): Promise<LeadPreview> => {
  const [leadId, lead] = await resolve(table, given);
  const preview = { entries: 0, handoffs: 0, openHandoffs: 0 };
  let nurture: Pick<LeadPreview, 'track' | 'waitingTrack'> = {};
  const mergedLeads: string[] = [];
  for await (const item of readItems(table, leadId)) {
    const sk = text(item, 'sk');
    if (isEntrySortKey(sk)) {
      preview.entries++;
      const merged = findMergedLead(item);
      if (merged !== undefined) mergedLeads.push(merged);
    } else if (parseHandoffId(sk) !== undefined) {
      preview.handoffs++;
      if (item.handoffStatus?.S === 'open') preview.openHandoffs++;
    } else if (isNurtureSortKey(sk)) nurture = readNurture(item);
  }
  return { ...(given !== leadId && { given }), leadId, lead, ...preview, ...nurture, mergedLeads };
};

/** Returns the state of a lead that is scored. */
export const stateOf = ({ lead }: LeadPreview): LeadState | undefined =>
  lead === undefined || isClosed(lead) ? undefined : lead;

/** Returns whether nothing at all is stored of a lead. */
const isUnknown = ({ lead, entries }: LeadPreview): boolean => lead === undefined && entries === 0;

/**
 * Asserts that something is stored of a lead: an id with a typing error would close a lead that comes later.
 *
 * @throws CliError `NO_SUCH_LEAD`
 */
export const assertKnown = (preview: LeadPreview, what: string): void => {
  if (!isUnknown(preview)) return;
  throw new CliError(
    'NO_SUCH_LEAD',
    `there is no lead ${preview.leadId}; --unknown ${what} anyway, so that events that come later find it so`,
  );
};
