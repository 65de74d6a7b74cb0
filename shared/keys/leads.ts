import type { Tier } from '../../events/index.ts';

/** Identifies an item of either table. In the leads table, one partition holds everything about one lead. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

const leadPrefix = 'LEAD#';
const modelPrefix = 'MODEL#';

/** Sort keys of the leads table that name one item of a partition each. */
export const leadSortKeys = {
  state: 'STATE',
  nurture: 'NURTURE',
  funnel: 'FUNNEL',
  /** The item with the last announcement that hand-offs have followed. */
  handoffPointer: 'HANDOFF',
  model: 'MODEL',
} as const;

/** The beginnings of the sort keys that a lead has many of. */
export const leadSortKeyPrefixes = { entry: 'EVENT#', handoff: 'HANDOFF#' } as const;

export const leadKey = (leadId: string): string => `${leadPrefix}${leadId}`;

/** Returns the lead id in a partition key that `leadKey` has made. */
export const parseLeadKey = (pk: string): string => pk.slice(leadPrefix.length);

export const isLeadKey = (pk: string): boolean => pk.startsWith(leadPrefix);

export const stateKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: leadSortKeys.state });

export const nurtureKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: leadSortKeys.nurture });

export const handoffPointerKey = (leadId: string): Key => ({
  pk: leadKey(leadId),
  sk: leadSortKeys.handoffPointer,
});

export const handoffKey = (leadId: string, handoffId: string): Key => ({
  pk: leadKey(leadId),
  sk: `${leadSortKeyPrefixes.handoff}${handoffId}`,
});

const unnamedPrefix = 'unnamed ';

/**
 * Returns the id under which a verdict is stored that names no hand-off: that of its event, after a space, which no id
 * of a hand-off contains.
 */
export const unnamedVerdictId = ({ occurredAt, eventId }: Keyed['metadata']): string =>
  `${unnamedPrefix}${occurredAt}#${eventId}`;

/** Returns whether an id is that of a verdict that names no hand-off. */
export const isUnnamedVerdictId = (handoffId: string): boolean => handoffId.startsWith(unnamedPrefix);

/** The fields of an event that form its sort key. */
export interface Keyed {
  readonly metadata: { readonly occurredAt: string; readonly eventId: string };
  readonly data: { readonly leadId: string };
}

/**
 * Returns the sort key of an event's entry. It depends on the event alone, so that a redelivery collides and entries
 * sort by time. An event that names another lead, and counts for this one after a merge, has that lead's id after a
 * space, which no event id contains: events of two leads are two events even if their ids are equal.
 *
 * @param leadId the lead that the ledger belongs to
 */
export const entrySortKey = (event: Keyed, leadId: string = event.data.leadId): string => {
  const key = `${leadSortKeyPrefixes.entry}${event.metadata.occurredAt}#${event.metadata.eventId}`;
  return event.data.leadId === leadId ? key : `${key} ${event.data.leadId}`;
};

export const isEntrySortKey = (sk: string): boolean => sk.startsWith(leadSortKeyPrefixes.entry);

export const isNurtureSortKey = (sk: string): boolean => sk === leadSortKeys.nurture;

/** Returns the id in the sort key of a hand-off; undefined for any other sort key. */
export const parseHandoffId = (sk: string): string | undefined =>
  sk.startsWith(leadSortKeyPrefixes.handoff) ? sk.slice(leadSortKeyPrefixes.handoff.length) : undefined;

export const entryRange = { from: leadSortKeyPrefixes.entry, to: `${leadSortKeyPrefixes.entry}~` } as const;

/**
 * The attribute of a ledger entry that holds its changes. The filter of the table's stream tests it: an entry without
 * changes has nothing to announce.
 */
export const changesAttribute = 'changes';

/** The attribute of a ledger entry that holds its changes if they aren't announced: its event is history. */
export const silentChangesAttribute = 'silent';

/** Returns the key of a stored scoring model. */
export const modelKey = (version: string): Key => ({
  pk: `${modelPrefix}${version}`,
  sk: leadSortKeys.model,
});

export const isModelSortKey = (sk: string): boolean => sk === leadSortKeys.model;

/** The index by tier. It contains the leads whose tier is above none, partitioned by tier and shard. */
export const tierIndex = { name: 'by-tier', partitionKey: 'tierKey' } as const;

/** The partitions of one tier in the index. A single one would be limited to 1,000 write units a second by DynamoDB. */
const tierShards = 16;

const computeShard = (leadId: string): number => {
  let hash = 0;
  for (let i = 0; i < leadId.length; i++) hash = (hash * 31 + leadId.charCodeAt(i)) % 65_521;
  return hash % tierShards;
};

/** Returns the partition of the index by tier that a lead belongs to. */
export const buildTierKey = (tier: Tier, leadId: string): string => `${tier}#${computeShard(leadId)}`;

/** Returns all partitions of a tier in the index. */
export const listTierKeys = (tier: Tier): string[] =>
  Array.from({ length: tierShards }, (_, shard) => `${tier}#${shard}`);

/**
 * The index by queue. It contains the hand-offs that Sluice requested, partitioned by the queue that has them, sorted by
 * their state.
 */
export const queueIndex = { name: 'by-queue', partitionKey: 'queue', sortKey: 'handoffStatus' } as const;

/** The key of the item that says where a lead was last counted in the funnel. */
export const funnelKey = (leadId: string): Key => ({ pk: leadKey(leadId), sk: leadSortKeys.funnel });

/** The directory of the models by which leads were judged: one item each, under one partition key. */
export const modelDirectory = 'MODELS';

/** Returns the key of a model in the directory. */
export const modelDirectoryKey = (version: string): Key => ({ pk: modelDirectory, sk: version });
