import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignalEvent } from '../../../shared/lead/index.ts';
import { createBasis, tierSources } from '../../../shared/report/basis.ts';
import { makeReport } from '../../../shared/report/make-report.ts';
import type { LeadItem } from '../../../shared/report/read-leads.ts';
import type { Report } from '../../../shared/report/tally.ts';
import { buildSignal, now } from '../../support/events.ts';
import { history } from '../../support/histories.ts';
import { compileDocument, readModelFile } from '../../support/models.ts';
import { seeded } from '../../support/seed.ts';
import { buildLeadItems, streamItems } from './ledger.ts';

const model = compileDocument({
  ...(readModelFile('success-ready') as object),
  efforts: [
    { id: 'webinar', title: 'Webinar', kind: 'presales', activities: ['webinar_attended'], hours: 1.1 },
    { id: 'demo', title: 'Demo', kind: 'presales', activities: ['demo_requested'] },
    { id: 'call', title: 'Call', kind: 'rescue', activities: ['email_clicked'], hours: 0.7 },
  ],
});

/** Histories of up to 24 leads: each generated history has a few leads, whose ids are made unique. */
const leads: fc.Arbitrary<SignalEvent[][]> = fc
  .array(history, { minLength: 1, maxLength: 8 })
  .map((histories) =>
    histories.flatMap((entries, i) => {
      const events = entries.map(({ 'detail-type': type, detail: { metadata, data } }) =>
        buildSignal({
          type,
          data: { ...data, leadId: `${data.leadId}-${i}` },
          at: metadata.occurredAt,
          id: metadata.eventId,
        }),
      );
      return [...Map.groupBy(events, ({ data }) => data.leadId).values()];
    }),
  );

const report = (
  histories: readonly (readonly SignalEvent[])[],
  tiers: (typeof tierSources)[number] = 'judged',
): Promise<Report> => {
  const items: LeadItem[] = histories.flatMap((events) =>
    buildLeadItems(
      model,
      events.map((event) => [event]),
    ),
  );
  return makeReport(streamItems(items), createBasis({ model, now, tiers }), { stuckDays: 20, limit: 2 });
};

const shuffled = <T>(list: readonly T[], ranks: readonly number[]): T[] =>
  list
    .map((value, i) => [ranks[i % ranks.length] ?? 0, value] as const)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

const ranks = fc.array(fc.nat(), { minLength: 24, maxLength: 24 });
const runs = () => ({ ...seeded(), numRuns: 100 });

describe('a report', () => {
  it('is the same in whatever order the leads are read', async () => {
    await fc.assert(
      fc.asyncProperty(leads, ranks, fc.constantFrom(...tierSources), async (histories, order, tiers) => {
        expect(JSON.stringify(await report(shuffled(histories, order), tiers))).toBe(
          JSON.stringify(await report(histories, tiers)),
        );
      }),
      runs(),
    );
  });

  it('is the same in whatever order the events of each lead came in', async () => {
    await fc.assert(
      fc.asyncProperty(leads, ranks, async (histories, order) => {
        const late = histories.map((events) => shuffled(events, order));
        expect(await report(late)).toEqual(await report(histories));
      }),
      runs(),
    );
  });

  it('counts every lead and event exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(leads, async (histories) => {
        const { funnel, winRates, customers, efforts, leftOut, stuck } = await report(histories);
        expect(funnel.leads).toBe(histories.length);
        expect(customers.poor.wins + customers.good.wins).toBe(winRates.all.won);
        const count = (wanted: string) =>
          histories.reduce((sum, events) => {
            const did = events
              .filter((event) => event.type === 'LeadActivityRecorded')
              .filter(({ data }) => data.activity === wanted);
            const counted = did.reduce((times, { data }) => times + (data.count ?? 0), 0);
            return sum + counted + Math.max(0, ...did.map(({ data }) => data.total ?? 0));
          }, 0);
        expect(efforts.times.total).toBe(count('webinar_attended') + count('demo_requested'));
        const countOutcomes = (outcomes: readonly string[]) =>
          histories
            .flat()
            .filter(({ type, data }) => type === 'LeadOutcomeRecorded' && outcomes.includes(data.outcome))
            .length;
        expect(winRates.all.won + winRates.all.lost + leftOut.repeatedOutcomes).toBe(
          countOutcomes(['won', 'lost']),
        );
        expect(stuck.total).toBe(stuck.byStage.reduce((sum, at) => sum + at.stuck, 0));
        expect(stuck.longest).toHaveLength(Math.min(2, stuck.total));
        expect(leftOut.leadsBeingWritten).toBe(0);
      }),
      runs(),
    );
  });
});
