import { describe, expect, it } from 'vitest';
import { fillBatches } from '../../../bench/metered/counting.ts';
import type { SampleEvent } from '../../../bench/pipeline/stream.ts';

const announce = (leadId: string, version: number): SampleEvent => ({
  'detail-type': 'LeadTierChanged',
  time: '2026-03-01T09:00:00Z',
  detail: { metadata: {}, data: { leadId, version } as SampleEvent['detail']['data'] },
});

/** Ten leads with three commits each, and two announcements of each commit. */
const events = Array.from({ length: 10 }, (_, lead) =>
  [1, 2, 3].flatMap((version) => [announce(`l-${lead}`, version), announce(`l-${lead}`, version)]),
).flat();

const versionOf = ({ detail }: SampleEvent): number =>
  (detail.data as unknown as { version: number }).version;

describe('batches that count the funnel', () => {
  it.each([1, 4, 7, 20, 200])(
    'have each announcement once, in the order of its lead, if they have %i',
    (size) => {
      const all = fillBatches(events, size).flat();
      expect(all).toHaveLength(events.length);
      for (const own of Map.groupBy(all, ({ detail }) => detail.data.leadId).values())
        expect(own.map(versionOf)).toEqual([1, 1, 2, 2, 3, 3]);
    },
  );

  it.each([4, 7, 20, 200])('have one commit of a lead at most, and no more than %i announcements', (size) => {
    for (const batch of fillBatches(events, size)) {
      expect(batch.length).toBeLessThanOrEqual(size);
      for (const own of Map.groupBy(batch, ({ detail }) => detail.data.leadId).values())
        expect(new Set(own.map(versionOf)).size).toBe(1);
    }
  });

  it('have the announcements of a commit together, even if these are more than fit', () => {
    expect(fillBatches(events, 1).map(({ length }) => length)).toEqual(Array.from({ length: 30 }, () => 2));
  });

  it('are none without announcements', () => {
    expect(fillBatches([], 200)).toEqual([]);
  });
});
