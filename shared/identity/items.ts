import { B, canonical, type Item, json, readOneOf, S, text } from '../dynamodb/index.ts';
import {
  identifiedLeadKey,
  identifierKey,
  type Key,
  leadPairKey,
  pairKey,
  parsePairKey,
} from '../keys/index.ts';
import type { LinkDecision, NewPair } from './decide-links.ts';
import type { HashedIdentifier } from './hash-identifiers.ts';
import {
  type LeadRecord,
  type Link,
  type LinkNews,
  type MergeNews,
  type PairStatus,
  pairStatuses,
} from './known.ts';

/** The attribute with news that the bus may not have taken yet. It is removed once it has. */
export const newsAttribute = 'unconfirmed';

/** Returns news as they are stored. Equal news have equal texts. */
export const newsText = (news: LinkNews | MergeNews): string => canonical(news);

/** The marks of a record: attributes that are true or missing. */
export const recordMarks = ['onlyAnonymous', 'onlyId'] as const;

const newsOf = <News>(item: Item): { news?: News } =>
  item[newsAttribute] === undefined ? {} : { news: json<News>(item, newsAttribute) };

export const parseLink = (item: Item): Link => ({
  leadId: text(item, 'leadId'),
  anonymous: item.anonymous?.BOOL === true,
  ...(item.met !== undefined && { met: text(item, 'met') }),
  ...newsOf<LinkNews>(item),
});

/** Parses the record of a lead without regard to its state, which may say more. */
export const parseRecord = (item: Item): LeadRecord => ({
  onlyAnonymous: item.onlyAnonymous?.BOOL === true,
  onlyId: item.onlyId?.BOOL === true,
  erased: item.erased?.BOOL === true,
  ...(item.mergedInto !== undefined && { mergedInto: text(item, 'mergedInto') }),
  ...newsOf<MergeNews>(item),
});

const keyed = ({ pk, sk }: Key): Item => ({ pk: S(pk), sk: S(sk) });

/** Returns the items of a new link: the one by which a lead is found, and the one by which the link is found again. */
export const linkItems = (
  { type, hash, anonymous }: HashedIdentifier,
  news: LinkNews,
): readonly [Item, Item] => [
  {
    ...keyed(identifierKey(hash)),
    leadId: S(news.leadId),
    type: S(type),
    ...(anonymous && { anonymous: B(true) }),
    linkedAt: S(news.at),
    [newsAttribute]: S(newsText(news)),
  },
  { ...keyed(identifiedLeadKey(news.leadId, hash)), type: S(type) },
];

/** Two leads that share an identifier. */
export interface Pair {
  readonly leadIds: readonly [string, string];
  readonly status: PairStatus;
  /** The types of the identifiers that they share. */
  readonly types: readonly string[];
  /** The source of the payload that showed it. */
  readonly source: string;
  /** UTC, ISO 8601. */
  readonly notedAt: string;
  /** The person who dismissed it, the reason and the instant; only of a pair that was dismissed. */
  readonly dismissed?: { readonly by: string; readonly reason: string; readonly at: string };
}

export const pairItem = (
  { leads: [a, b], status, types }: NewPair,
  source: string,
  notedAt: string,
): Item => ({
  ...keyed(pairKey(a, b)),
  status: S(status),
  types: S(JSON.stringify(types)),
  source: S(source),
  notedAt: S(notedAt),
});

/** Returns the items by which a pair is found from each of its leads. */
export const leadPairItems = ({ leads: [a, b] }: NewPair): readonly [Item, Item] => [
  keyed(leadPairKey(a, b)),
  keyed(leadPairKey(b, a)),
];

export const parsePairStatus = (item: Item): PairStatus => readOneOf(item, 'status', pairStatuses);

export const parsePair = (item: Item): Pair => ({
  leadIds: parsePairKey(text(item, 'sk')),
  status: parsePairStatus(item),
  types: json(item, 'types'),
  source: text(item, 'source'),
  notedAt: text(item, 'notedAt'),
  ...(item.dismissed !== undefined && { dismissed: json(item, 'dismissed') }),
});

/** Returns whether a decision stores anything. */
export const storesAnything = ({ links, pairs }: LinkDecision): boolean =>
  links.length > 0 || pairs.length > 0;
