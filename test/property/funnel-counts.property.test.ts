import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countFunnel } from '../../functions/count-funnel/count-funnel.ts';
import { recountFunnel } from '../../functions/recount-funnel/recount-funnel.ts';
import { type Cell, cells } from '../../shared/funnel-counts/index.ts';
import { funnelPartitions } from '../../shared/keys/index.ts';
import { buildBatch, failedIds } from '../support/deliveries.ts';
import { announce, type Placed, stockOf, sumCounters } from '../support/funnel.ts';
import { memoryClient } from '../support/memory-dynamodb.ts';
import { seeded } from '../support/seed.ts';

const cell = fc.option(fc.constantFrom(...cells.slice(0, 5)), { nil: undefined, freq: 6 });
/** The histories of a few leads: the cell after each version, and its day of a week. */
const histories = fc.array(
  fc.array(fc.record({ cell, day: fc.integer({ min: 1, max: 7 }) }), { maxLength: 8 }),
  {
    minLength: 1,
    maxLength: 5,
  },
);
const plans = fc.record({
  histories,
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  repeats: fc.array(fc.nat(), { maxLength: 20 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  together: fc.integer({ min: 1, max: 3 }),
});

const listPlaced = (leads: readonly (readonly { cell: Cell | undefined; day: number }[])[]): Placed[] =>
  leads.flatMap((steps, i) =>
    steps.map((step, version) => ({
      leadId: `l-${i}`,
      version: version + 1,
      cell: step.cell,
      at: `2026-03-0${step.day}T09:00:00.000Z`,
    })),
  );

const chunk = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

describe('I19: the counters of the funnel', () => {
  it('equal a recount, in whatever order, however often and by however many at once announcements are counted', () =>
    fc.assert(
      fc.asyncProperty(plans, async ({ histories: leads, order, repeats, batchSize, together }) => {
        const client = memoryClient({ tables: { leads: [] } });
        const now = () => Date.parse('2026-03-10T00:00:00.000Z');
        const props = { client, table: 'leads', wait: async () => {}, now };
        const placed = listPlaced(leads);
        const ordered = placed
          .map((one, i) => [order[i % order.length] ?? 0, one] as const)
          .toSorted(([a], [b]) => a - b)
          .map(([, one]) => one);
        const again = repeats.flatMap((n) => placed[n % Math.max(1, placed.length)] ?? []);
        const batches = chunk([...ordered, ...again].map(announce), batchSize);
        for (const some of chunk(batches, together)) {
          const answers = await Promise.all(
            some.map((batch, i) =>
              countFunnel({ ...props, partition: funnelPartitions[i] as string })(buildBatch(...batch)),
            ),
          );
          expect(answers.flatMap(failedIds)).toEqual([]);
        }
        const truth: Record<string, number> = {};
        for (const last of leads.map((steps) => steps.at(-1)?.cell))
          if (last !== undefined) truth[last] = (truth[last] ?? 0) + 1;
        const items = client.memory.items('leads');
        expect(stockOf(items)).toEqual(truth);
        const net = new Map<string, number>();
        for (const [flow, leadsMoved] of Object.entries(sumCounters(items, 'DAY#'))) {
          const [from = '', to = ''] = flow.split('>');
          net.set(from, (net.get(from) ?? 0) - leadsMoved);
          net.set(to, (net.get(to) ?? 0) + leadsMoved);
        }
        net.delete('-');
        expect(Object.fromEntries([...net].filter(([, sum]) => sum !== 0))).toEqual(truth);
      }),
      { ...seeded(), numRuns: 300 },
    ));

  it('are empty after recounts between announcements, if no lead has a state', () =>
    fc.assert(
      fc.asyncProperty(histories, async (leads) => {
        const client = memoryClient({ tables: { leads: [] } });
        const now = () => Date.parse('2026-03-10T00:00:00.000Z');
        const props = { client, table: 'leads', partition: funnelPartitions[0] as string, now };
        const placed = listPlaced(leads);
        for (const [i, one] of placed.entries()) {
          await countFunnel({ ...props, wait: async () => {} })(buildBatch(announce(one)));
          // Without any state every lead is counted out; what comes later counts it in again.
          if (i % 3 === 1) await recountFunnel({ ...props, wait: async () => {}, segments: 1 })({});
        }
        const result = await recountFunnel({ ...props, wait: async () => {} })({});
        expect(result).toMatchObject({ isDone: true, difference: 0 });
        expect(stockOf(client.memory.items('leads'))).toEqual({});
      }),
      { ...seeded(), numRuns: 100 },
    ));
});
