import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outboundContracts } from '../../../events/index.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { buildBatch, createScoringWorld } from '../../support/deliveries.ts';
import { erasingHistory } from '../../support/histories.ts';
import { successReady } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';

const model = successReady();

describe('the announcements of any history', () => {
  it('conform to their contracts, and are the same when the stream is read again', () =>
    fc.assert(
      fc.asyncProperty(erasingHistory, async (entries) => {
        const world = createScoringWorld({ model });
        await world.score(buildBatch(...entries));
        const announced = world.written.flatMap((item) => leadAnnouncements(item, undefined));
        for (const entry of announced) {
          const { detail } = outboundContracts[entry['detail-type']];
          expect(detail.safeParse(entry.detail).error?.message).toBeUndefined();
        }
        const again = world.written.flatMap((item) => leadAnnouncements(structuredClone(item), undefined));
        expect(again).toEqual(announced);
      }),
      { ...seeded(), numRuns: 300 },
    ));
});
