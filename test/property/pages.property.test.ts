import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apiLimits } from '../../events/api/index.ts';
import { stages, tiers } from '../../events/index.ts';
import { type PageStart, readPage, type Source } from '../../functions/answer-queries/page-through.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { askPages, buildLead, createQueryApi, storeLead } from '../support/query-api.ts';
import { seeded } from '../support/seed.ts';
import { indexes } from '../support/tables.ts';

/** Each number is a key; whether a filter lets it through is drawn with it. */
const keys = fc.array(fc.boolean(), { maxLength: 40 });
const walks = fc.record({
  sources: fc.array(keys, { minLength: 1, maxLength: 5 }),
  limit: fc.integer({ min: 1, max: 12 }),
  mostRead: fc.integer({ min: 2, max: 60 }),
  isFiltered: fc.boolean(),
  /** The most keys that a source gives at once, and the items that it reads for each key. */
  most: fc.integer({ min: 1, max: 30 }),
  spread: fc.integer({ min: 1, max: 3 }),
});

describe('pages', () => {
  it('hold everything that matches once, in order, whatever is read at once and filtered', () =>
    fc.assert(
      fc.asyncProperty(walks, async ({ sources, limit, mostRead, isFiltered, most, spread }) => {
        let read = 0;
        const listed: Source[] = sources.map((given, s) => ({
          id: `s-${s}`,
          read: async (after, { wanted, most: allowed }) => {
            const from = after === undefined ? 0 : Number(after.sk) + 1;
            const to = Math.min(given.length, from + Math.min(wanted * spread, allowed, most));
            read += to - from;
            return {
              keys: given.slice(from, to).map((_, i) => ({ pk: `${s}`, sk: `${from + i}` })),
              next: to < given.length ? { pk: `${s}`, sk: `${to - 1}` } : undefined,
              read: to - from,
            };
          },
        }));
        const found: string[] = [];
        let start: PageStart | undefined;
        let pages = 0;
        do {
          read = 0;
          const page = await readPage({
            sources: listed,
            from: start,
            limit,
            mostRead,
            isFiltered,
            load: async (loaded) => {
              read += loaded.length;
              return loaded.map(({ pk, sk }) =>
                sources[Number(pk)]?.[Number(sk)] ? `${pk}/${sk}` : undefined,
              );
            },
          });
          expect(page.found.length).toBeLessThanOrEqual(limit);
          expect(read).toBeLessThanOrEqual(mostRead);
          found.push(...page.found);
          start = JSON.parse(JSON.stringify({ next: page.next })).next;
          pages++;
        } while (start !== undefined && pages < 500);
        expect(start).toBeUndefined();
        expect(found).toEqual(
          sources.flatMap((given, s) => given.flatMap((isFound, i) => (isFound ? [`${s}/${i}`] : []))),
        );
      }),
      seeded(),
    ));

  it('of leads hold each lead of the filters once, tier by tier, while nothing changes', () => {
    const lead = fc.record({
      tier: fc.constantFrom(...tiers),
      stage: fc.constantFrom(...stages),
      owner: fc.constantFrom('Jo', ' JO', 'Al'),
      isClosed: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    });
    const query = fc.record(
      {
        tier: fc.constantFrom(...tiers),
        stage: fc.constantFrom(...stages),
        owner: fc.constantFrom('jo', 'al'),
        limit: fc.integer({ min: 1, max: 20 }).map(String),
      },
      { requiredKeys: [] },
    );
    const pageItems = fc.integer({ min: 1, max: 30 });
    return fc.assert(
      fc.asyncProperty(fc.array(lead, { maxLength: 40 }), query, pageItems, async (leads, asked, most) => {
        const client = memoryClient({ tables: indexes, pageItems: () => most });
        for (const [i, { isClosed, owner, ...more }] of leads.entries())
          await storeLead(
            client,
            isClosed
              ? { leadId: `l-${i}`, version: 1, status: 'erased' }
              : buildLead(`l-${i}`, { ...more, attributes: { owner } }),
          );
        const pages = await askPages(createQueryApi({ client }), 'listLeads', {
          name: 'leads',
          query: asked,
        });
        for (const page of pages)
          expect(page.length).toBeLessThanOrEqual(Number(asked.limit ?? apiLimits.usualPageSize));
        const found = pages.flat();
        const ranks = found.map(({ tier }) => tiers.indexOf(tier));
        expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
        const expected = leads.flatMap(({ isClosed, tier, stage, owner }, i) =>
          !isClosed &&
          (asked.tier ?? tier) === tier &&
          (asked.stage ?? stage) === stage &&
          (asked.owner ?? owner.trim().toLowerCase()) === owner.trim().toLowerCase()
            ? [`l-${i}`]
            : [],
        );
        expect(found.map(({ leadId }) => leadId).toSorted()).toEqual(expected.toSorted());
      }),
      { ...seeded(), numRuns: 200 },
    );
  });
});
