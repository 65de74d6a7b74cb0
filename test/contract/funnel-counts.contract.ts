import { describe, expect, it } from 'vitest';
import { recountFunnel } from '../../functions/recount-funnel/recount-funnel.ts';
import type { TableProps } from '../../shared/dynamodb/index.ts';
import {
  cells,
  countLeads,
  type FunnelStanding,
  mostLeadsCounted,
  readFunnel,
  writeCounts,
} from '../../shared/funnel-counts/index.ts';
import { buildPositionKey, funnelPartitions } from '../../shared/keys/index.ts';

/**
 * The contract of the counters of the funnel on a table: what the largest batches ask of its transactions, expressions
 * and names. The tests build on each other, in one table.
 */
export const funnelCountsContract = (name: string, open: () => TableProps): void => {
  const propsOf = (partition = 0) => ({
    ...open(),
    partition: funnelPartitions[partition] as string,
    wait: async () => {},
    now: () => Date.parse('2026-03-10T00:00:00.000Z'),
  });
  const standing = (leadId: string, version: number, day = '2026-03-01'): FunnelStanding => ({
    leadId,
    position: buildPositionKey({ version, ordinal: 0 }),
    cell: cells[version % cells.length],
    day,
  });
  const day = (i: number) => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
  const days = { from: '2026-01-01', to: '2026-12-31' };

  describe(`${name}: the counters of the funnel`, () => {
    it('take the largest transaction: forty leads through every cell, on many days', async () => {
      const largest = Array.from({ length: mostLeadsCounted }, (_, lead) =>
        cells.map((_cell, i) => standing(`l-${lead}`, i + 1, day((lead * cells.length + i) % 200))),
      ).flat();
      const result = await countLeads(propsOf(), largest);
      expect(result).toMatchObject({ moves: largest.length, alreadyCounted: 0, conflicts: 0 });
      const view = await readFunnel(open(), days);
      expect(view.leads).toBe(mostLeadsCounted);
      const moves = view.days.flatMap((one) => one.moves);
      expect(moves.reduce((sum, { count }) => sum + count, 0)).toBe(largest.length);
    });

    it('count nothing twice, whichever partition is drawn', async () => {
      const before = await readFunnel(open(), days);
      const result = await countLeads(propsOf(5), [standing('l-1', 24), standing('l-1', 3)]);
      expect(result).toMatchObject({ moves: 0, alreadyCounted: 2 });
      expect(await readFunnel(open(), days)).toEqual(before);
    });

    it('refuse to count upon something that was not read', async () => {
      const stale = { position: buildPositionKey({ version: 1, ordinal: 0 }), cell: cells[1] };
      const next = { position: buildPositionKey({ version: 99, ordinal: 0 }), cell: cells[2] };
      const move = { from: cells[1], to: cells[2], day: '2026-03-01' };
      const before = await readFunnel(open(), days);
      for (const was of [stale, undefined])
        expect(await writeCounts(propsOf(), [{ leadId: 'l-1', was, next, moves: [move] }])).toBe(false);
      expect(await readFunnel(open(), days)).toEqual(before);
    });

    it('are emptied by a recount of a table without states, and are then right', async () => {
      const recount = recountFunnel(propsOf(7));
      expect(await recount({})).toMatchObject({ isDone: true, repaired: mostLeadsCounted, difference: 0 });
      expect(await recount({})).toMatchObject({ isDone: true, repaired: 0, difference: 0 });
      expect((await readFunnel(open(), days)).leads).toBe(0);
    });
  });
};
