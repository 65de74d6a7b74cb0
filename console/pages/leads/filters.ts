import type { Stage, Tier } from '../../../events/index.ts';
import type { LeadRow } from './listed-lead.ts';

const tiers: readonly Tier[] = ['excellent', 'good', 'risky', 'none'];
const stages: readonly Stage[] = ['subscriber', 'lead', 'mql', 'sql', 'opportunity', 'customer'];

/** The orders of the list. */
export const sorts = ['score', 'heard', 'name'] as const;
export type Sort = (typeof sorts)[number];

/** The filters of the page Leads, as its address has them. The text that is searched isn't one: it may be a name. */
export interface LeadFilters {
  readonly tier: Tier | undefined;
  readonly stage: Stage | undefined;
  readonly lane: string | undefined;
  readonly owner: string | undefined;
  readonly sort: Sort;
  readonly show: 'all' | 'duplicates';
}

/** Reads the filters of an address. A value that isn't one counts as none. */
export const readFilters = (query: URLSearchParams): LeadFilters => ({
  tier: tiers.find((tier) => tier === query.get('tier')),
  stage: stages.find((stage) => stage === query.get('stage')),
  lane: query.get('lane') || undefined,
  owner: query.get('owner') || undefined,
  sort: sorts.find((sort) => sort === query.get('sort')) ?? 'score',
  show: query.get('show') === 'duplicates' ? 'duplicates' : 'all',
});

/** The filters by which the API lists leads. */
export type ListFilters = Pick<LeadFilters, 'tier' | 'stage' | 'lane' | 'owner'>;

/** Returns whether all leads that match filters are among those that match others. */
export const isCovered = (wanted: ListFilters, loaded: ListFilters): boolean =>
  // Only the API compares owners and segments.
  wanted.lane === loaded.lane &&
  wanted.owner === loaded.owner &&
  (loaded.tier === undefined || loaded.tier === wanted.tier) &&
  (loaded.stage === undefined || loaded.stage === wanted.stage);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const orders: ReadonlyMap<Sort, (a: LeadRow, b: LeadRow) => number> = new Map<
  Sort,
  (a: LeadRow, b: LeadRow) => number
>([
  ['score', (a, b) => b.score - a.score || compare(a.leadId, b.leadId)],
  ['heard', (a, b) => compare(b.lastHeard, a.lastHeard) || compare(a.leadId, b.leadId)],
  ['name', (a, b) => compare(a.sortName, b.sortName) || compare(a.leadId, b.leadId)],
]);

/** Sorts leads: the best, the latest or the first first. */
export const sortLeads = (leads: readonly LeadRow[], sort: Sort): readonly LeadRow[] =>
  leads.toSorted(orders.get(sort));

/** Returns the leads of a tier, at a stage, with a text in their name, company or id. @param find a folded text */
export const findLeads = (
  leads: readonly LeadRow[],
  { tier, stage }: Pick<LeadFilters, 'tier' | 'stage'>,
  find: string,
): readonly LeadRow[] =>
  leads.filter(
    (lead) =>
      (tier === undefined || lead.tier === tier) &&
      (stage === undefined || lead.stage === stage) &&
      (find === '' || lead.searched.includes(find)),
  );
