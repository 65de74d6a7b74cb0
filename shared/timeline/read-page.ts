import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Item, N, S, type TableProps } from '../dynamodb/index.ts';
import { entryRange, leadKey } from '../keys/index.ts';
import {
  type DecidedEntry,
  type EntryStanding,
  hashItem,
  type LedgerEntry,
  parseEntry,
} from '../ledger/index.ts';
import { parseSortKey, type TimelineStep } from './timeline.ts';

export interface PageProps {
  /** The most entries of the page. */
  readonly limit: number;
  /** The sort key of the last entry of the page before. */
  readonly after?: string | undefined;
  /** The most entries that are looked through for those that were recorded before the ones of the page. */
  readonly mostRead: number;
}

/** An entry with its place in the chain. Hashes are SHA-256 in base64. */
export interface ChainedStep extends Omit<TimelineStep, 'late'> {
  readonly hash: string;
  /** The hash of the entry that was recorded before; undefined for the first one. */
  readonly previousHash: string | undefined;
  /**
   * Whether `before` is the standing before. If the entry that was recorded before wasn't found, `before` has only what
   * the changes of this one say.
   */
  readonly isBeforeKnown: boolean;
}

export interface TimelinePage {
  /** The entries, those of the latest events first. */
  readonly steps: readonly ChainedStep[];
  /** The sort key after which the next page begins; undefined if there is none. */
  readonly next: string | undefined;
}

/** The entries that are read beyond a page: the last ones of it were mostly recorded after these. */
const readBeyond = 10;

/** The least entries for which a page of DynamoDB is counted, so that large entries are bounded too. */
const entriesAPage = 50;

/** The most versions that are looked for at once. DynamoDB takes 100 values in a list. */
const mostVersions = 100;

type Table = Pick<TableProps, 'client' | 'table'>;

const previousHashOf = ({ prev }: Item): string | undefined =>
  prev?.B === undefined ? undefined : Buffer.from(prev.B).toString('base64');

const readBackward = async (
  { client, table }: Table,
  leadId: string,
  { limit, start, versions = [] }: { limit: number; start?: Item | undefined; versions?: readonly number[] },
): Promise<{ items: Item[]; last: Item | undefined }> => {
  const wanted = Object.fromEntries(versions.map((version, i) => [`:v${i}`, N(version)]));
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :entry)',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)), ':entry': S(entryRange.from), ...wanted },
      ...(versions.length > 0 && {
        FilterExpression: `#version IN (${Object.keys(wanted).join(', ')})`,
        ExpressionAttributeNames: { '#version': 'version' },
      }),
      ...(start !== undefined && { ExclusiveStartKey: start }),
    }),
  );
  return { items: Items, last: LastEvaluatedKey };
};

/** Returns the version of the commit that has the entry before another one. */
const versionBefore = ({ version, ordinal }: LedgerEntry): number => (ordinal > 0 ? version : version - 1);

/**
 * Reads the entries of some versions of a lead, looking through so many at most, from the latest event on.
 *
 * @param take is called with those that were found, and returns whether no more are needed
 */
const readVersions = async (
  table: Table,
  leadId: string,
  versions: readonly number[],
  { most, take }: { readonly most: number; readonly take: (items: readonly Item[]) => boolean },
): Promise<void> => {
  let start: Item | undefined;
  for (let read = 0; read < most; read += entriesAPage) {
    const page = await readBackward(table, leadId, { limit: entriesAPage, start, versions });
    start = page.last;
    if (take(page.items) || start === undefined) return;
  }
};

/** Returns the standing before an entry as far as its changes say it. All else counts as unchanged. */
const guessBefore = ({ standing, changes }: DecidedEntry): EntryStanding => {
  const tier = changes.find((change) => change.type === 'LeadTierChanged')?.from ?? standing.tier;
  const stage = changes.find((change) => change.type === 'LeadStageTransitioned')?.from ?? standing.stage;
  return { ...standing, tier, stage };
};

/**
 * Reads a page of the entries of a lead, those of the latest events first, each with the standing before it. An entry is
 * recorded in the order in which events come in, which isn't that of the page: the one recorded before it is found by its
 * hash, mostly on the same page, else by looking through a number of entries.
 */
export const readTimelinePage = async (
  table: Table,
  leadId: string,
  { limit, after, mostRead }: PageProps,
): Promise<TimelinePage> => {
  const start = after === undefined ? undefined : { pk: S(leadKey(leadId)), sk: S(after) };
  const { items, last } = await readBackward(table, leadId, { limit: limit + readBeyond, start });
  const hashed = items.map((item) => ({ item, hash: hashItem(item) }));
  const byHash = new Map(hashed.map(({ item, hash }) => [hash, item]));
  const page = hashed.slice(0, limit).map(({ item, hash }) => ({
    hash,
    previousHash: previousHashOf(item),
    entry: parseEntry(item),
  }));
  const isMissing = (hash: string | undefined): boolean => hash !== undefined && !byHash.has(hash);
  const orphans = page.filter(
    ({ entry, previousHash }) => entry.kind === 'decided' && isMissing(previousHash),
  );
  if (orphans.length > 0) {
    const sought = [...new Set(orphans.map(({ entry }) => versionBefore(entry)))].slice(0, mostVersions);
    const take = (found: readonly Item[]): boolean => {
      for (const item of found) byHash.set(hashItem(item), item);
      return !orphans.some(({ previousHash }) => isMissing(previousHash));
    };
    await readVersions(table, leadId, sought, { most: mostRead, take });
  }
  const steps = page.map(({ entry, hash, previousHash }): ChainedStep => {
    const previous = previousHash === undefined ? undefined : byHash.get(previousHash);
    const parsed = previous && parseEntry(previous);
    const isBeforeKnown = !isMissing(previousHash);
    const before =
      entry.kind === 'decided' && !isBeforeKnown
        ? guessBefore(entry)
        : parsed?.kind === 'decided'
          ? parsed.standing
          : undefined;
    return { entry, ...parseSortKey(entry), before, hash, previousHash, isBeforeKnown };
  });
  const isMore = items.length > limit || last !== undefined;
  return { steps, next: isMore ? steps.at(-1)?.entry.sk : undefined };
};
