import type { Tier } from '../../events/index.ts';

/** Keys of the leads table. One partition holds everything about one lead. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const leadPrefix = 'LEAD#';
const entryPrefix = 'EVENT#';
export const handoffPrefix = 'HANDOFF#';

export const leadKey = (leadId: string): string => `${leadPrefix}${leadId}`;

export const leadIdOf = (pk: string): string => pk.slice(leadPrefix.length);

export const isLeadKey = (pk: string): boolean => pk.startsWith(leadPrefix);

export const stateKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: 'STATE' });

export const nurtureKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: 'NURTURE' });

/** Up to where a lead's announcements have been followed by hand-offs. */
export const handoffPointerKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: 'HANDOFF' });

export const handoffKey = (leadId: string, handoffId: string): Key => ({
  pk: leadKey(leadId),
  sk: `${handoffPrefix}${handoffId}`,
});

/** What of an event its key is made of. */
export interface Keyed {
  readonly metadata: { readonly occurredAt: string; readonly eventId: string };
  readonly data: { readonly leadId: string };
}

/**
 * The event's own words make its key, so that a redelivery collides and entries sort by time. One that names another
 * lead, whose events count for this one, has that lead's id behind a blank, which no event id contains: events of two
 * leads are two events even where their ids are the same.
 *
 * @param leadId the lead whose ledger the entry stands in
 */
export const entrySortKey = (event: Keyed, leadId: string = event.data.leadId): string => {
  const key = `${entryPrefix}${event.metadata.occurredAt}#${event.metadata.eventId}`;
  return event.data.leadId === leadId ? key : `${key} ${event.data.leadId}`;
};

export const isEntrySortKey = (sk: string): boolean => sk.startsWith(entryPrefix);

export const isNurtureSortKey = (sk: string): boolean => sk === 'NURTURE';

export const handoffIdOf = (sk: string): string | undefined =>
  sk.startsWith(handoffPrefix) ? sk.slice(handoffPrefix.length) : undefined;

export const entryRange = { from: entryPrefix, to: `${entryPrefix}~` } as const;

/** Where a model that has judged leads is kept. */
export const modelKey = (version: string): Key => ({ pk: `MODEL#${version}`, sk: 'MODEL' });

export const isModelSortKey = (sk: string): boolean => sk === 'MODEL';

/** Partitions of one tier in the index: one would meet DynamoDB's limit of 1,000 write units a second. */
const tierShards = 16;

const shardOf = (leadId: string): number => {
  let hash = 0;
  for (let i = 0; i < leadId.length; i++) hash = (hash * 31 + leadId.charCodeAt(i)) % 65_521;
  return hash % tierShards;
};

/** Name of the index by tier. */
export const tierIndex = 'by-tier';

/** Where a lead stands in the index by tier. */
export const tierKeyOf = (tier: Tier, leadId: string): string => `${tier}#${shardOf(leadId)}`;

/** All partitions of a tier in the index. */
export const tierKeysOf = (tier: Tier): string[] =>
  Array.from({ length: tierShards }, (_, shard) => `${tier}#${shard}`);
