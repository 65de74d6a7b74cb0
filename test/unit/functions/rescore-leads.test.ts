import { describe, expect, it } from 'vitest';
import { pauseRescoring, resumeRescoring } from '../../../shared/rescoring/index.ts';
import { activatedAt, createRescoringWorld } from '../../support/rescoring-world.ts';

const minutes = (count: number): number => activatedAt + count * 60_000;
const leadsOf = (count: number, model = 'm@1') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`l-${i}`, model]));
const modelsOf = (world: ReturnType<typeof createRescoringWorld>) => new Set(Object.values(world.models()));
const hour = minutes(60);

describe('rescoring', () => {
  it('has every lead judged by the model, and is done two refresh periods after the activation', async () => {
    const world = createRescoringWorld({ leads: leadsOf(40) });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
    const job = (await world.rescoring())?.job;
    expect(job).toMatchObject({ status: 'done', left: 0, requestedBefore: 40 });
    expect(Date.parse(job?.doneAt ?? '')).toBeGreaterThanOrEqual(minutes(1));
  });

  it('requests each lead once a pass, by an event that is the same each time', async () => {
    const world = createRescoringWorld({ leads: leadsOf(10), comesTwice: () => true });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    const ids = new Set(
      world.arrived.map(({ leadId, eventId, occurredAt }) => `${leadId} ${eventId} ${occurredAt}`),
    );
    expect(ids.size).toBe(10);
    expect(world.arrived[0]).toMatchObject({
      eventId: 'rescore-7-1',
      occurredAt: new Date(activatedAt).toISOString(),
      actions: 'all',
      modelVersion: 'm@2',
    });
  });

  it('says with each request whether actions follow', async () => {
    const world = createRescoringWorld({ leads: leadsOf(3), job: { actions: 'none' } });
    world.wake();
    await world.runUntil(hour);
    expect(new Set(world.arrived.map(({ actions }) => actions))).toEqual(new Set(['none']));
  });

  it('leaves leads alone that the model has judged, and those of the canary', async () => {
    const world = createRescoringWorld({
      leads: { 'l-1': 'm@2', 'sluice.canary.2026-03-10': 'm@1', 'l-2': 'm@1' },
    });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(world.arrived.map(({ leadId }) => leadId)).toEqual(['l-2']);
  });

  it.each([
    ['all', ['l-1']],
    ['none', []],
  ] as const)('with actions %s asks for these leads whose actions wait: %j', async (actions, expected) => {
    const world = createRescoringWorld({ leads: { 'l-2': 'm@2' }, job: { actions } });
    world.putLead('l-1', 'm@2', { actionsWait: { BOOL: true } });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(world.arrived.map(({ leadId }) => leadId)).toEqual(expected);
  });

  it('waits two refresh periods by its own clock, however slow that of the activation was', async () => {
    const asked = new Date(activatedAt - 10 * 60_000).toISOString();
    const job = { requestedAt: asked, passStartedAt: asked };
    const world = createRescoringWorld({ leads: leadsOf(5), job, knownAt: activatedAt + 45_000 });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
  });

  it('goes over the table again for leads that functions judged by the model before', async () => {
    const world = createRescoringWorld({ leads: leadsOf(5), knownAt: activatedAt + 45_000 });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
    expect(new Set(world.arrived.map(({ eventId }) => eventId))).toEqual(
      new Set(['rescore-7-1', 'rescore-7-2']),
    );
  });

  it('finds leads that come meanwhile', async () => {
    const world = createRescoringWorld({ leads: leadsOf(5) });
    world.wake();
    await world.runUntil(activatedAt + 20_000);
    world.putLead('new', 'm@1');
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
  });

  it('looks again once functions know the model, although it found nothing before', async () => {
    const world = createRescoringWorld({ leads: { 'l-1': 'm@2' } });
    world.wake();
    await world.runUntil(activatedAt + 30_000);
    world.putLead('l-2', 'm@1');
    expect(await world.runUntil(hour)).toBe(true);
    expect(world.models()).toEqual({ 'l-1': 'm@2', 'l-2': 'm@2' });
  });

  it('reads no page for a message whose step is done', async () => {
    const world = createRescoringWorld({ leads: leadsOf(40), job: { segments: 1, writeUnitsPerSecond: 1 } });
    const first = JSON.stringify({ revision: 7, pass: 1, segment: 0, step: 0 });
    const event = { Records: [{ messageId: 'm', body: first }] } as never;
    await world.handler(event);
    const { own, scoring } = world;
    expect([own.length, scoring.length]).toEqual([1, 1]);
    await world.handler(event);
    expect([own.length, scoring.length]).toEqual([1, 1]);
  });

  it('gives up on leads that cannot be judged, and says how many are left', async () => {
    const world = createRescoringWorld({ leads: leadsOf(12), poison: new Set(['l-3', 'l-7']) });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect((await world.rescoring())?.job).toMatchObject({ status: 'done', left: 2, fewest: 2 });
    expect(Object.values(world.models()).filter((model) => model === 'm@2')).toHaveLength(10);
  });

  it('is found by the schedule if its first message is lost', async () => {
    const world = createRescoringWorld({ leads: leadsOf(5) });
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
  });

  it('does nothing if there never was a job, or it is done', async () => {
    const world = createRescoringWorld({ leads: leadsOf(2), job: { status: 'done' } });
    world.wake();
    await world.handler({ Records: [{ messageId: 'm', body: '{}' }] } as never);
    expect(world.own).toHaveLength(1);
    expect(world.arrived).toEqual([]);
  });

  it('refuses a message whose numbers are none', async () => {
    const world = createRescoringWorld({ leads: {} });
    const body = JSON.stringify({ revision: 7, pass: 1, segment: 0, step: 'x' });
    const answer = await world.handler({ Records: [{ messageId: 'bad', body }] } as never);
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'bad' }]);
  });
});

describe('a rescoring that is paused', () => {
  it('requests nothing more, and goes on where it stood', async () => {
    const world = createRescoringWorld({
      leads: leadsOf(200),
      job: { writeUnitsPerSecond: 24 },
      // More than may be rescored of a page.
      pageItems: 500,
    });
    world.wake();
    await world.runUntil(activatedAt + 5_000);
    await pauseRescoring(world.table);
    await world.runUntil(minutes(5));
    const before = world.arrived.length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(200);
    await world.runUntil(minutes(30));
    expect(world.arrived).toHaveLength(before);
    await resumeRescoring(world.table);
    world.wake();
    expect(await world.runUntil(minutes(90))).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@2']));
    expect(world.arrived.map(({ eventId }) => eventId)).toEqual(Array(200).fill('rescore-7-1'));
  });
});

describe('another activation in the middle', () => {
  it('takes the place of the job: all leads end with its model, and old messages change nothing', async () => {
    const world = createRescoringWorld({ leads: leadsOf(60), job: { writeUnitsPerSecond: 100 } });
    world.wake();
    await world.runUntil(activatedAt + 2_000);
    expect(world.own.length).toBeGreaterThan(0);
    world.putJob({ revision: 8, modelVersion: 'm@3' });
    world.wake();
    expect(await world.runUntil(hour)).toBe(true);
    expect(modelsOf(world)).toEqual(new Set(['m@3']));
    expect((await world.rescoring())?.job).toMatchObject({ revision: 8, left: 0 });
    // What was requested before may still come out of the queue; nothing else names the model before.
    const late = world.arrived.filter(
      ({ at, modelVersion }) => at > activatedAt + 60_000 && modelVersion === 'm@2',
    );
    expect(late).toEqual([]);
  });
});
