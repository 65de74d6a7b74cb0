import { describe, expect, it } from 'vitest';
import {
  actionPattern,
  type BusEvent,
  canaryPattern,
  inboundPattern,
  isCanary,
  outboundContracts,
  parseInbound,
} from '../../../events/index.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { buildCanaryEvents, sendCanary } from '../../../functions/send-canary/send-canary.ts';
import { timeCanary } from '../../../functions/time-canary/time-canary.ts';
import { compilePattern } from '../../../infra/local/pattern.ts';
import { metrics } from '../../../shared/lambda/index.ts';
import { buildBatch, buildStreamEvent, createScoringWorld, failedIds } from '../../support/deliveries.ts';
import { compileDocument, readModelFile } from '../../support/models.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';

const minuteMs = 60_000;
const noon = Date.parse('2026-03-02T12:00:20.000Z');
const midnight = Date.parse('2026-03-02T00:00:00.000Z');

/** Returns the announcements of the events of some instants, as they are on the bus. */
const collectAnnounced = async (
  instants: readonly number[],
  model = 'success-ready',
): Promise<BusEvent[]> => {
  const world = createScoringWorld({ model: compileDocument(readModelFile(model)) });
  for (const instant of instants) await world.score(buildBatch(...buildCanaryEvents(instant)));
  const announced: BusEvent[] = [];
  await publishChanges({ bus: createRecordingBus(announced) })(
    buildStreamEvent(...world.written.map((item) => ({ item }))),
  );
  return announced;
};

/** Returns the measurements since the last call, by name. */
const takeMeasured = (): Record<string, unknown> => {
  const { _aws, ...values } = metrics.serializeMetrics();
  metrics.clearMetrics();
  const names = _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
  return Object.fromEntries(names.map((name) => [name, [values[name]].flat()[0]]));
};

const isReturn = compilePattern(canaryPattern);
const isFollowed = compilePattern(actionPattern);

describe('the events of the canary', () => {
  it.each([noon, midnight, midnight + 59 * minuteMs])(
    'conform to their contracts and are scored: %d',
    (now) => {
      for (const entry of buildCanaryEvents(now)) {
        expect(compilePattern(inboundPattern)(entry)).toBe(true);
        expect(parseInbound(entry, now)).toMatchObject({ ok: true });
      }
    },
  );

  it.each(['success-ready', 'bant'])(
    'are announced at every run, every five minutes, by the model %s',
    async (model) => {
      const runs = Array.from({ length: 12 }, (_, i) => noon + i * 5 * minuteMs);
      const announced = await collectAnnounced(runs, model);
      const returned = announced.filter(isReturn);
      expect(returned.map(({ detail }) => detail.metadata.occurredAt)).toEqual(
        runs.map((run) => new Date(run).toISOString()),
      );
      for (const { detail } of returned)
        expect(outboundContracts.LeadStageTransitioned.detail.safeParse(detail).success).toBe(true);
    },
  );

  it.each([59_999, 90_000, 3 * minuteMs - 1])(
    'are announced at every run if every second one is up to %d ms late',
    async (late) => {
      const scheduled = Array.from({ length: 12 }, (_, i) => midnight + (2 + i * 5) * minuteMs);
      for (const isLate of [0, 1]) {
        const runs = scheduled.map((run, i) => run + (i % 2 === isLate ? late : 0));
        const returned = (await collectAnnounced(runs)).filter(isReturn);
        expect(returned.map(({ detail }) => detail.metadata.occurredAt)).toEqual(
          runs.map((run) => new Date(run).toISOString()),
        );
      }
    },
  );

  it('start no nurture and no hand-off, whatever the model asks for', async () => {
    const announced = await collectAnnounced([noon, noon + 5 * minuteMs]);
    expect(announced.filter(isFollowed)).toEqual([]);
    const wanted = announced.map((entry) => ({
      ...entry,
      detail: { ...entry.detail, data: { ...(entry.detail.data as object), actionChanged: true } },
    }));
    expect(wanted.filter(isFollowed)).toEqual([]);
    const ofSomebody = { ...wanted[0], detail: { data: { leadId: 'l-1', actionChanged: true } } };
    expect(isFollowed(ofSomebody)).toBe(true);
  });

  it("erase the previous day's lead in the first hour of the day, as one event however often it is sent", async () => {
    const [, first] = buildCanaryEvents(midnight + minuteMs);
    expect(first).toMatchObject({
      'detail-type': 'LeadErasureRequested',
      detail: { data: { leadId: 'sluice.canary.2026-03-01' } },
    });
    expect(buildCanaryEvents(midnight + 56 * minuteMs)[1]).toEqual(first);
    expect(buildCanaryEvents(midnight + 60 * minuteMs)).toHaveLength(1);
    const yesterday = midnight - 5 * minuteMs;
    const erased = (await collectAnnounced([yesterday, midnight, midnight + 5 * minuteMs])).filter(
      (entry) => entry['detail-type'] === 'LeadErased',
    );
    expect(erased.map(({ detail }) => detail.data)).toMatchObject([{ leadId: 'sluice.canary.2026-03-01' }]);
  });

  it('are about leads that no other producer can name', () => {
    for (const { detail } of buildCanaryEvents(midnight))
      expect(isCanary((detail.data as { leadId: string }).leadId)).toBe(true);
    expect(isCanary('sluice.canaryx')).toBe(false);
  });
});

describe('sending the canary', () => {
  it('puts it on the bus', async () => {
    const sent: BusEvent[] = [];
    await sendCanary({ bus: createRecordingBus(sent), now: () => noon })();
    expect(sent).toEqual(buildCanaryEvents(noon));
  });

  it('fails if the bus refuses it', async () => {
    const send = sendCanary({ bus: { publish: async () => [0] }, now: () => noon });
    await expect(send()).rejects.toMatchObject({ code: 'CANARY_NOT_SENT' });
  });
});

describe('the return of the canary', () => {
  it.each([
    ['its round trip, as one that returned', 800, { CanariesReturned: 1, CanaryRoundTrip: 800 }],
    ['the same at 15 minutes', 15 * minuteMs, { CanariesReturned: 1, CanaryRoundTrip: 15 * minuteMs }],
    ['no round trip when it is older, as one that is late', 15 * minuteMs + 1, { CanariesLate: 1 }],
  ])('is measured by %s', async (_what, age, measured) => {
    const announced = (await collectAnnounced([noon])).filter(isReturn);
    metrics.clearMetrics();
    expect(await timeCanary({ now: () => noon + age })(buildBatch(...announced))).toEqual({
      batchItemFailures: [],
    });
    expect(takeMeasured()).toEqual(measured);
  });

  it('fails and is retried if it breaks its contract', async () => {
    expect(
      failedIds(
        await timeCanary({ now: () => noon })(buildBatch({ 'detail-type': 'LeadStageTransitioned' })),
      ),
    ).toEqual(['m-0']);
  });
});
