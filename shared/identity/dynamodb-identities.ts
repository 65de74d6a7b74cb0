import type { BusEvent } from '../../events/index.ts';
import { S, updateIf } from '../dynamodb/index.ts';
import { identifierKey, identityRecordKey, type Key } from '../keys/index.ts';
import { fullJitter, wait } from '../retry/index.ts';
import { decideLinks, type LinkDecision } from './decide-links.ts';
import { type HashedIdentifiers, hashIdentifiers } from './hash-identifiers.ts';
import type { Identities, Resolved, ResolveRequest } from './identities.ts';
import type { IdentitiesProps } from './identities-props.ts';
import { newsAttribute, newsText, storesAnything } from './items.ts';
import type { Known, LinkNews, MergeNews } from './known.ts';
import { linkEvent, mergeEvent } from './news-events.ts';
import { readKnown } from './read-known.ts';
import { storeDecision } from './store-decision.ts';

/** Thrown if too many writers link the same identifiers at once. The payload has to be sent again. */
class IdentityConflictsError extends Error {
  readonly code = 'IDENTITY_CONFLICTS';
  constructor(attempts: number) {
    super(`another writer was first ${attempts} times in a row`);
    this.name = 'IdentityConflictsError';
  }
}

const mostAttempts = 10;

/** All news that the bus may not have taken: those that were there, and those of a decision. */
interface News {
  readonly links: readonly LinkNews[];
  readonly merges: readonly MergeNews[];
}

const uniqueBy = <T>(values: readonly T[], name: (value: T) => string): readonly T[] => [
  ...new Map(values.map((value) => [name(value), value])).values(),
];

const collectNews = (known: Known, { news, merges }: LinkDecision): News => ({
  links: uniqueBy(
    [...[...known.links.values()].map((link) => link.news), news].filter((found) => found !== undefined),
    newsText,
  ),
  merges: [...[...known.records.values()].map((record) => record.news), ...merges].filter(
    (found) => found !== undefined,
  ),
});

const eventsOf = ({ links, merges }: News): readonly BusEvent[] => [
  ...links.map(linkEvent),
  ...merges.map(mergeEvent),
];

/** Returns the items that have the news, each with its text. */
const listNews = ({ links, merges }: News): readonly (readonly [Key, string])[] => [
  ...links.flatMap((news) =>
    news.identifiers.map(({ hash }) => [identifierKey(hash), newsText(news)] as const),
  ),
  ...merges.map((news) => [identityRecordKey(news.mergedLeadId), newsText(news)] as const),
];

/** Creates the identities that are stored in a table of their own. */
export const createIdentities = (props: IdentitiesProps): Identities => {
  const { client, table, key, now, wait: pause = wait } = props;

  const confirm = async (news: News): Promise<void> => {
    await Promise.all(
      listNews(news).map(([at, text]) =>
        updateIf(client, {
          table,
          key: at,
          remove: [newsAttribute],
          values: { text: S(text) },
          // An erasure may have deleted the item, which an update without a condition would make again.
          condition: `#${newsAttribute} = :text`,
        }),
      ),
    );
  };

  const decide = async (terms: ResolveRequest, hashed: HashedIdentifiers): Promise<[Known, LinkDecision]> => {
    for (let attempt = 1; ; attempt++) {
      const known = await readKnown(props, hashed);
      const decision = decideLinks(terms, hashed, known);
      const noted = { source: terms.source, notedAt: new Date(now()).toISOString() };
      if (!storesAnything(decision) || (await storeDecision(props, known, decision, noted)))
        return [known, decision];
      if (attempt >= mostAttempts) throw new IdentityConflictsError(attempt);
      await pause(fullJitter(attempt));
    }
  };

  const resolve = async (request: ResolveRequest): Promise<Resolved> => {
    const hashed = hashIdentifiers(await key(), request.identifiers);
    const [known, decision] = await decide(request, hashed);
    const news = collectNews(known, decision);
    return { leadId: decision.leadId, events: eventsOf(news), confirm: () => confirm(news) };
  };

  return { resolve };
};
