import { apiLimits, type Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import { parseLeadKey } from '../../shared/keys/index.ts';
import { isListed, type LeadState } from '../../shared/lead/index.ts';
import { createDynamoDbLedger, type StoredLead } from '../../shared/ledger/index.ts';
import { foldOwner, readOwner, readPerson } from '../../shared/people/index.ts';
import { instantOf } from '../../shared/scoring/index.ts';
import type { QueryDeps } from './deps.ts';
import { presentFacts } from './known-facts.ts';
import { listLeadSources } from './lead-sources.ts';
import { openPage, type PageStart, readPage } from './page-through.ts';

type Query = ApiRequest<Routes['listLeads']>['query'];
type Listed = StoredLead & LeadState;

/** Returns the filters of a query as they count: two spellings of one owner are one. */
const normaliseFilters = ({ stage, lane, owner }: Query) => ({
  stage,
  lane,
  owner: owner === undefined ? undefined : foldOwner(owner),
});
type Filters = ReturnType<typeof normaliseFilters>;

const matches = ({ stage, lane, owner }: Filters, lead: Listed): boolean =>
  (stage === undefined || lead.stage === stage) &&
  (lane === undefined || lead.lane === lane) &&
  (owner === undefined || foldOwner(readOwner(lead.facts.attributes) ?? '') === owner);

/** Returns a lead as it is stored: time may have changed it since, at `dueAt` at the earliest. */
const leadRecord = ({
  facts,
  announced: _announced,
  head: _head,
  dueKey: _dueKey,
  dueAt,
  ...lead
}: Listed) => ({
  ...lead,
  ...readPerson(facts.attributes),
  asOf: new Date(instantOf(facts)).toISOString(),
  lastHeard: new Date(facts.seen).toISOString(),
  ...(dueAt !== undefined && { dueAt: new Date(dueAt).toISOString() }),
});

type Present = (lead: Listed) => ReturnType<typeof leadRecord>;

/** Returns a lead with everything that is known of it. */
const recordWithFacts: Present = (lead) => ({ ...leadRecord(lead), facts: presentFacts(lead.facts) });

/** Returns the bytes that a value takes in the answer of the function, in which the body is a text within JSON. */
const measure = (value: unknown): number => Buffer.byteLength(JSON.stringify(JSON.stringify(value)));

/**
 * Lists leads as they are stored, tier by tier. The index may be a moment behind: a lead is listed only under the tier
 * that it has.
 */
export const listLeads = (deps: QueryDeps) => {
  const table = { client: deps.client, table: deps.leadsTable };
  const ledger = createDynamoDbLedger(table);
  return async ({ query }: ApiRequest<Routes['listLeads']>): Promise<ApiAnswer> => {
    const { tier, include, limit, cursor } = query;
    const present = include === undefined ? leadRecord : recordWithFacts;
    const filters = normaliseFilters(query);
    const { from, seal } = await openPage<PageStart>(
      deps,
      ['listLeads', { tier, include, ...filters }],
      cursor,
    );
    const { found, next } = await readPage({
      sources: listLeadSources(table, tier),
      from,
      limit,
      mostRead: apiLimits.itemsRead,
      isFiltered: Object.values(filters).some((filter) => filter !== undefined),
      load: async (keys, source) => {
        const ids = keys.map(({ pk }) => parseLeadKey(pk));
        const leads = await ledger.load(ids);
        return ids.map((id) => {
          const lead = leads.get(id);
          if (lead === undefined || !isListed(lead) || lead.tier !== source.tier) return undefined;
          return matches(filters, lead) ? present(lead) : undefined;
        });
      },
      ...(include !== undefined && { room: { bytes: apiLimits.leadPageBytes, measure } }),
    });
    return { body: { leads: found, cursor: await seal(next) } };
  };
};
