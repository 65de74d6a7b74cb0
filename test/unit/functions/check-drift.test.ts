import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { type BusEvent, canaryPrefix, dayMs, outboundContracts } from '../../../events/index.ts';
import { type CheckRequest, checkDrift } from '../../../functions/check-drift/check-drift.ts';
import type { CheckDriftDeps } from '../../../functions/check-drift/deps.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import { type DriftCheck, readLastCheck } from '../../../shared/drift-checks/index.ts';
import { driftPartition } from '../../../shared/keys/index.ts';
import { createModelRegistry } from '../../../shared/model-store/index.ts';
import { buildStreamEvent, createScoringWorld, deliver, failedIds } from '../../support/deliveries.ts';
import { buildEntry, type EventInput } from '../../support/events.ts';
import { compileDocument, readModelFile } from '../../support/models.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';

const model = compileDocument(readModelFile('success-ready'));
const start = Date.parse('2026-06-01T03:17:00.000Z');

let now: number;
let world: ReturnType<typeof createScoringWorld>;
let props: Pick<CheckDriftDeps, 'client' | 'table'>;
const check = (more: Partial<CheckDriftDeps> = {}, request: CheckRequest = {}) =>
  checkDrift({ ...props, now: () => now, random: () => 0.4, ...more })(request);
const last = async (): Promise<DriftCheck> => {
  const found = await readLastCheck(props);
  if (found === undefined) throw new Error('nothing was checked');
  return found;
};
const activate = async (active = model): Promise<void> => {
  const registry = createModelRegistry({ ...props, now: () => now });
  const author = { by: 'ana', reason: 'a test' };
  await registry.publish(active.document, author);
  await registry.activate(active.version, 'all', author);
};

beforeEach(async () => {
  now = start;
  world = createScoringWorld({ model, now: () => now });
  props = { client: world.stores.client, table: 'leads' };
});

let events = 0;
const event = (daysAgo: number, type: EventInput['type'], leadId: string, data: object = {}) =>
  buildEntry({
    type,
    data: { leadId, ...data },
    at: new Date(now - daysAgo * dayMs).toISOString(),
    id: `e-${events++}`,
  });
const activity = (daysAgo: number, leadId: string, name = 'email_opened') =>
  event(daysAgo, 'LeadActivityRecorded', leadId, { activity: name });
const outcomesOf = ({ tally }: DriftCheck): readonly [leads: number, won: number] =>
  tally.outcomes.reduce<[number, number]>(([n, w], [leads, won]) => [n + leads, w + won], [0, 0]);
const repeat = (times: number): number[] => Array.from({ length: times }, (_, i) => i);

describe('a check for drift', () => {
  it('stores nothing as long as no model is active', async () => {
    expect(await check()).toEqual({ leads: 0, findings: 0 });
    expect(await readLastCheck(props)).toBeUndefined();
  });

  it('counts leads that were heard of within 30 days, and neither older ones, nor those of the canary, nor erased ones', async () => {
    await activate();
    await deliver(
      world,
      activity(1, 'l-1'),
      activity(29, 'l-2'),
      activity(31, 'l-3'),
      activity(2, `${canaryPrefix}2026-05-30`),
      activity(2, 'l-4'),
      event(1, 'LeadErasureRequested', 'l-4'),
    );
    expect(await check()).toEqual({ at: '2026-06-01T03:17:00.000Z', leads: 3, findings: 0 });
    const { tally, modelVersion, comparison } = await last();
    expect(modelVersion).toBe(model.version);
    expect(tally.leads).toBe(2);
    expect(comparison.tooFew).toEqual(['leads', 'outcomes']);
    const criteria = model.dimensions.flatMap((dimension) => dimension.criteria.map(({ id }) => id));
    expect(Object.keys(tally.criteria).toSorted()).toEqual(criteria.toSorted());
  });

  it('counts outcomes of leads that were qualified 90 to 180 days ago, with the score that they had then', async () => {
    await activate();
    const qualify = (daysAgo: number, leadId: string) =>
      event(daysAgo, 'LeadStageChanged', leadId, { stage: 'mql' });
    const outcome = (daysAgo: number, leadId: string, name: string) =>
      event(daysAgo, 'LeadOutcomeRecorded', leadId, { outcome: name });
    await deliver(
      world,
      // Won in time, lost, won too late, and not decided.
      qualify(120, 'won'),
      outcome(40, 'won', 'won'),
      qualify(120, 'lost'),
      outcome(110, 'lost', 'lost'),
      qualify(170, 'late'),
      outcome(70, 'late', 'won'),
      qualify(100, 'open'),
      // Too young, too old, never qualified, and a customer from the beginning.
      qualify(80, 'young'),
      qualify(190, 'old'),
      activity(1, 'old'),
      activity(100, 'never'),
      event(100, 'LeadStageChanged', 'customer', { stage: 'customer' }),
    );
    await check();
    expect(outcomesOf(await last())).toEqual([4, 1]);
  });

  it('counts no outcome of a lead that another model had judged when it was qualified', async () => {
    const before = compileDocument({ ...model.document, version: 'before' });
    const other = createScoringWorld({ model: before, now: () => now, stores: world.stores });
    await deliver(other, event(100, 'LeadStageChanged', 'l-1', { stage: 'mql' }));
    await activate();
    await check();
    expect(outcomesOf(await last())).toEqual([0, 0]);
  });

  it('reads no more ledgers than it may', async () => {
    await activate();
    await deliver(world, ...repeat(6).map((i) => event(100, 'LeadStageChanged', `l-${i}`, { stage: 'mql' })));
    await check({ mostLedgers: 4 });
    expect(outcomesOf(await last())[0]).toBe(4);
  });

  it('reads nothing more once its time is over', async () => {
    await activate();
    await deliver(world, event(100, 'LeadStageChanged', 'l-1', { stage: 'mql' }));
    await check({ budgetMs: 0 });
    expect(outcomesOf(await last())).toEqual([0, 0]);
  });
});

describe('a monthly check', () => {
  it('is made once a month of the active model, and again once another model is active', async () => {
    const monthly = () => check({}, { isMonthly: true });
    await activate();
    expect(await monthly()).toMatchObject({ at: '2026-06-01T03:00:00.000Z' });
    now += dayMs;
    expect(await monthly()).toEqual({ leads: 0, findings: 0 });
    expect((await last()).at).toBe('2026-06-01T03:00:00.000Z');
    await activate(compileDocument({ ...model.document, version: 'next' }));
    expect(await monthly()).toMatchObject({ at: '2026-06-02T03:00:00.000Z' });
    now += 30 * dayMs;
    expect(await monthly()).toMatchObject({ at: '2026-07-02T03:00:00.000Z' });
  });
});

describe('the check of a later month', () => {
  const month = async (name: string): Promise<void> => {
    await deliver(world, ...repeat(220).map((i) => activity(1 + (i % 20), `${name}-${i}`, name)));
    await check();
  };

  it('is compared with the first one of the model, finds nothing in the same leads, and finds others', async () => {
    await activate();
    await month('email_opened');
    now += 31 * dayMs;
    await month('email_opened');
    const second = await last();
    expect(second.references).toEqual({ leads: '2026-06-01T03:17:00.000Z' });
    expect(second.comparison).toMatchObject({ findings: [], tooFew: ['outcomes'] });

    now += 31 * dayMs;
    await month('demo_requested');
    const third = await last();
    expect(third.references).toEqual(second.references);
    expect(third.comparison.findings.map(({ kind }) => kind)).toContain('criterion');
    expect(third.comparison.remedy).toBe('move-tiers');
  });

  it('is announced once, by one id, if it has a finding, and not otherwise', async () => {
    await activate();
    await month('email_opened');
    now += 31 * dayMs;
    await month('demo_requested');
    const { Items: stored = [] } = await props.client.send(new ScanCommand({ TableName: 'leads' }));
    const items = stored.filter(({ pk }) => pk?.S === driftPartition);
    expect(items).toHaveLength(2);
    const published: BusEvent[] = [];
    const publish = publishChanges({ bus: createRecordingBus(published) });
    for (let i = 0; i < 2; i++)
      expect(failedIds(await publish(buildStreamEvent(...items.map((item) => ({ item })))))).toEqual([]);
    expect(published.map((one) => one['detail-type'])).toEqual([
      'ScoringModelDrifted',
      'ScoringModelDrifted',
    ]);
    expect(new Set(published.map(({ detail }) => detail.metadata.eventId)).size).toBe(1);
    expect(published[0]?.detail.data).toMatchObject({ modelVersion: model.version, remedy: 'move-tiers' });
    const { detail } = outboundContracts.ScoringModelDrifted;
    expect(detail.safeParse(published[0]?.detail).error).toBeUndefined();
  });
});
