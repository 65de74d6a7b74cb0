import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Counted, parseCounted, writeCounted } from '../../../console/pages/funnel/counted.ts';
import {
  countByStage,
  countTierChanges,
  type FunnelAnswer,
  sumFlows,
  tiersFromBest,
} from '../../../console/pages/funnel/flows.ts';
import type { ReportAnswer } from '../../../console/pages/funnel/report-part.tsx';
import { figureOutlines } from '../../../events/api/index.ts';
import { stages } from '../../../events/index.ts';
import { countFunnel } from '../../../functions/count-funnel/count-funnel.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import { createDynamoDbFollowUps } from '../../../shared/follow-ups/index.ts';
import { funnelPartitions, isEntrySortKey } from '../../../shared/keys/index.ts';
import { buildBatch, createScoringWorld, failedIds } from '../../support/deliveries.ts';
import { now } from '../../support/events.ts';
import { announcement, buildRequest } from '../../support/handoffs.ts';
import { mergingHistory, type SentEvent } from '../../support/histories.ts';
import { createQueryApi } from '../../support/query-api.ts';
import { seeded } from '../../support/seed.ts';

/** Days within the histories, so that some moves are before the first one and some after the last one. */
const days = { from: '2025-04-20', to: '2026-03-31' };

interface GivenHandoff {
  readonly queue: string;
  readonly dueDay: number;
  readonly answeredDay: number | undefined;
}

const handoffs: fc.Arbitrary<GivenHandoff[]> = fc.array(
  fc.record({
    queue: fc.constantFrom('sales', 'sales.north'),
    dueDay: fc.integer({ min: 10, max: 28 }),
    answeredDay: fc.option(fc.integer({ min: 10, max: 28 }), { nil: undefined }),
  }),
  { maxLength: 4 },
);

const onDay = (day: number): string => `2026-05-${day}T09:00:00.000Z`;

/** Scores a history, counts the funnel, hands leads off, and returns the API over all that. */
const openWorld = async (events: readonly SentEvent[], asked: readonly GivenHandoff[]) => {
  const world = createScoringWorld();
  // Some events come together, and some by themselves.
  for (let i = 0; i < events.length; i += 4) await world.score(buildBatch(...events.slice(i, i + 4)));
  const { client } = world.stores;
  const announced = world.written
    .filter(({ sk }) => isEntrySortKey(sk?.S ?? ''))
    .flatMap((item) => leadAnnouncements(item, undefined));
  const count = countFunnel({
    client,
    table: 'leads',
    partition: funnelPartitions[0] as string,
    now: () => now,
  });
  expect(failedIds(await count(buildBatch(...announced)))).toEqual([]);
  const followUps = createDynamoDbFollowUps(client, 'leads');
  for (const [i, { queue, dueDay, answeredDay }] of asked.entries()) {
    const leadId = `handed-${i}`;
    const request = buildRequest({ handoffId: 'h-1', queue, dueAt: onDay(dueDay) });
    await followUps.openHandoff(announcement(leadId), request, now);
    if (answeredDay === undefined) continue;
    const verdict = { leadId, handoffId: 'h-1', status: 'accepted', actor: 'ann' } as const;
    await followUps.noteVerdict({ ...verdict, answeredAt: onDay(answeredDay) });
  }
  return createQueryApi({ client });
};

type Figure = readonly [Counted, number];

/** Lists the figures of moves as the page shows them. */
const listFunnelFigures = (funnel: FunnelAnswer): Figure[] => {
  const flows = sumFlows(funnel.days);
  const { better, worse } = countTierChanges(funnel.days);
  return [
    ...flows.map(
      ({ from, to, tier, count }): Figure => [{ figure: 'moved', before: from, after: to, tier }, count],
    ),
    [{ figure: 'moved' }, flows.reduce((sum, { count }) => sum + count, 0)],
    ...countByStage(flows).flatMap(({ stage, came, forward, back, out }): Figure[] => [
      [{ figure: 'came', stage }, came],
      [{ figure: 'went-on', stage }, forward],
      [{ figure: 'went-back', stage }, back],
      [{ figure: 'left', stage }, out],
    ]),
    [{ figure: 'improved' }, better],
    [{ figure: 'worsened' }, worse],
  ];
};

/** Lists the figures of the report as the page shows them. */
const listReportFigures = ({ winRates, deadlines, stays }: ReportAnswer): Figure[] => [
  ...tiersFromBest.flatMap((tier): Figure[] => [
    [{ figure: 'won', tier }, winRates.byTier[tier].won],
    [{ figure: 'lost', tier }, winRates.byTier[tier].lost],
  ]),
  [{ figure: 'won' }, winRates.all.won],
  [{ figure: 'lost' }, winRates.all.lost],
  ...deadlines.byQueue.flatMap(({ queue, all }): Figure[] => [
    [{ figure: 'kept', queue }, all.kept],
    [{ figure: 'missed', queue }, all.missed],
  ]),
  [{ figure: 'kept' }, deadlines.all.kept],
  [{ figure: 'missed' }, deadlines.all.missed],
  ...stages.map((stage): Figure => {
    const at = stays.byStage.find((each) => each.stage === stage);
    return [{ figure: 'stayed', stage }, at?.stays ?? 0];
  }),
];

describe('the leads behind the figures of the page Funnel', () => {
  it('are as many as each figure says', () =>
    fc.assert(
      fc.asyncProperty(mergingHistory, handoffs, async (events, asked) => {
        const ask = await openWorld(events, asked);
        const funnel = await ask('getFunnel', { query: days });
        const report = await ask('getReport');
        const figures = [...listFunnelFigures(funnel.body), ...listReportFigures(report.body)];
        for (const [counted, figure] of figures) {
          const { source } = figureOutlines[counted.figure];
          const query = { ...counted, ...(source === 'funnel' ? days : { at: report.body.asOf }) };
          const { body } = await ask('listCountedLeads', { query });
          expect([counted, body.leads.length]).toEqual([counted, figure]);
          expect(body.more).toBe(false);
          const instants = body.leads.map(({ at }: { at: string }) => at);
          expect(instants).toEqual(instants.toSorted().reverse());
        }
      }),
      { ...seeded(), numRuns: 30 },
    ));
});

describe('a figure in the address', () => {
  it.each<[string, Counted]>([
    ['moved.new.lead.good', { figure: 'moved', before: 'new', after: 'lead', tier: 'good' }],
    ['won.excellent', { figure: 'won', tier: 'excellent' }],
    ['won', { figure: 'won' }],
    ['kept.sales.north', { figure: 'kept', queue: 'sales.north' }],
    ['improved', { figure: 'improved' }],
  ])('is written and read: %s', (text, counted) => {
    expect(writeCounted(counted)).toBe(text);
    expect(parseCounted(text)).toEqual(counted);
  });

  it.each(['', 'constructor', 'won.best', 'came.new', 'moved.new.lead.good.more', 'improved.x'])(
    'is none if it names none, or a cell that there is not: %s',
    (text) => expect(parseCounted(text)).toBeUndefined(),
  );
});
