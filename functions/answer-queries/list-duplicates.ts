import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { type Pair, readPairPage } from '../../shared/identity/index.ts';
import { pairKey } from '../../shared/keys/index.ts';
import { isListed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger } from '../../shared/ledger/index.ts';
import { readPerson } from '../../shared/people/index.ts';
import type { QueryDeps } from './deps.ts';
import { openPage, type PageStart, readPage } from './page-through.ts';

/** The items that a page counts: it counts two for each pair, and reads its two leads beside it. */
const mostRead = Math.floor((apiLimits.itemsRead * 2) / 3);

const leadRecord = ({ leadId, facts, stage, tier, score }: LeadState) => ({
  leadId,
  ...readPerson(facts.attributes),
  stage,
  tier,
  score,
});

/**
 * Lists the pairs of leads that may be one. A pair isn't listed any more once one of its leads was merged or erased, or
 * if somebody has dismissed it.
 */
export const listDuplicates = (deps: QueryDeps) => {
  const table = { client: deps.client, table: deps.identitiesTable };
  const ledger = createDynamoDbLedger({ client: deps.client, table: deps.leadsTable });

  const show = async (pairs: readonly Pair[]) => {
    const leads = await ledger.load([...new Set(pairs.flatMap(({ leadIds }) => leadIds))]);
    return pairs.map(({ leadIds, types, source, notedAt }) => {
      const [a, b] = leadIds.map((leadId) => leads.get(leadId));
      if (a === undefined || b === undefined || !isListed(a) || !isListed(b)) return undefined;
      return { leads: [leadRecord(a), leadRecord(b)], types, source, notedAt };
    });
  };

  return async ({ query }: ApiRequest<Routes['listDuplicates']>): Promise<ApiAnswer> => {
    const { limit, cursor } = query;
    const { from, seal } = await openPage<PageStart>(deps, ['listDuplicates'], cursor);
    const suggested = new Map<string, Pair>();
    const { found, next } = await readPage({
      sources: [
        {
          id: 'pairs',
          read: async (after, { wanted }) => {
            const page = await readPairPage(table, { after, most: wanted });
            const keys = page.pairs.map((pair) => {
              const key = pairKey(...pair.leadIds);
              if (pair.status === 'suggested') suggested.set(key.sk, pair);
              return { ...key };
            });
            return { keys, next: page.next && { ...page.next }, read: keys.length };
          },
        },
      ],
      from,
      limit,
      mostRead,
      isFiltered: true,
      load: async (keys) => {
        const pairs = keys.flatMap(({ sk }) => suggested.get(sk) ?? []);
        const shown = await show(pairs);
        const byKey = new Map(pairs.map((pair, i) => [pairKey(...pair.leadIds).sk, shown[i]]));
        return keys.map(({ sk }) => byKey.get(sk));
      },
    });
    return { body: { duplicates: found, cursor: await seal(next) } };
  };
};
