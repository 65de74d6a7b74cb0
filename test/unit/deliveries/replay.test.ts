import { describe, expect, it } from 'vitest';
import { readNewest, readOne } from '../../../cli/deliveries/find-deliveries.ts';
import { findFrom, findSince, replayDeliveries } from '../../../cli/deliveries/replay-deliveries.ts';
import { resumeDeliveries } from '../../../cli/deliveries/resume-deliveries.ts';
import { announceDelivery as announce, answered, createDeliveryWorld } from '../../support/delivering.ts';

const createWorld = () => {
  const world = createDeliveryWorld();
  const props = {
    deliveries: world.deliveries,
    subscription: 'crm',
    now: () => world.clock.now,
    wait: async () => undefined,
  };
  const versions = () => world.received.splice(0).map(({ leadId, version }) => `${leadId} ${version}`);
  return { world, props, versions };
};

describe('a replay', () => {
  it('sends a delivery again, and all later ones of its lead, in order and with their ids', async () => {
    const { world, props, versions } = createWorld();
    await world.plan(...[1, 2, 3].map((version) => announce({ version })), announce({ leadId: 'l-2' }));
    await world.send();
    const ids = world.received.map(({ eventId }) => eventId);
    versions();
    const second = await readOne(world.deliveries, 'crm', 'l-1-2');
    expect(await replayDeliveries(props, await findFrom(props, second))).toBe(2);
    await world.send();
    expect(world.received.every(({ eventId }) => ids.includes(eventId))).toBe(true);
    expect(versions()).toEqual(['l-1 2', 'l-1 3']);
    expect(world.all().every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('counts as planned now, so that its lag and its expiry begin anew', async () => {
    const { world, props } = createWorld();
    await world.plan(announce());
    await world.send();
    world.clock.now += 20 * 86_400_000;
    await replayDeliveries(props, await findFrom(props, await readOne(world.deliveries, 'crm', 'l-1-1')));
    expect(world.all()).toMatchObject([
      { state: 'waiting', plannedAt: new Date(world.clock.now).toISOString() },
    ]);
  });

  it('since an instant begins, for each lead, with the first that ended since', async () => {
    const { world, props, versions } = createWorld();
    await world.plan(announce({ version: 1 }), announce({ leadId: 'l-2' }));
    await world.send();
    world.clock.now += 3_600_000;
    const since = new Date(world.clock.now).toISOString();
    await world.plan(announce({ version: 2 }), announce({ version: 3 }));
    await world.send();
    versions();
    const leads = await findSince(props, since);
    expect(leads.map(({ leadId, again }) => [leadId, again.length])).toEqual([['l-1', 2]]);
    await replayDeliveries(props, leads);
    await world.send();
    expect(versions()).toEqual(['l-1 2', 'l-1 3']);
  });

  it('sends what failed and what was superseded, too, in its place', async () => {
    const { world, props, versions } = createWorld();
    await world.plan(announce({ version: 3 }));
    await world.send();
    await world.plan(announce({ version: 2 }));
    await world.send();
    versions();
    await replayDeliveries(props, await findSince(props, '2026-01-01T00:00:00.000Z'));
    await world.send();
    expect(versions()).toEqual(['l-1 2', 'l-1 3']);
  });

  it('sends nothing that was erased', async () => {
    const { world, props, versions } = createWorld();
    await world.plan(announce({ version: 1 }));
    await world.send();
    await world.plan(announce({ type: 'LeadErased', version: 2 }));
    await world.send();
    versions();
    await replayDeliveries(props, await findSince(props, '2026-01-01T00:00:00.000Z'));
    await world.send();
    expect(versions()).toEqual(['l-1 2']);
  });

  it('waits for a worker, and gives up in the end', async () => {
    const { world, props } = createWorld();
    await world.plan(announce());
    await world.send();
    const lease = { subscription: 'crm', owner: 'worker', until: world.clock.now + 3_600_000 };
    await world.deliveries.takeLease(lease, world.clock.now);
    const leads = await findSince(props, '2026-01-01T00:00:00.000Z');
    await expect(replayDeliveries(props, leads)).rejects.toThrow(/crm is being sent to/);
    expect(world.all()[0]?.state).toBe('delivered');
  });
});

describe('a resumed subscription', () => {
  it('sends in order what waits, at once, with all attempts', async () => {
    const { world, versions } = createWorld();
    world.script.answer = () => answered(500);
    await world.plan(announce({ version: 1 }), announce({ version: 2 }));
    await world.send();
    await world.pass(10);
    await world.deliveries.pause('crm', world.clock.now);
    versions();
    world.script.answer = () => answered(200);
    expect(await resumeDeliveries(world.deliveries, 'crm', world.clock.now)).toBe(2);
    expect(await resumeDeliveries(world.deliveries, 'crm', world.clock.now)).toBeUndefined();
    await world.send();
    expect(versions()).toEqual(['l-1 1', 'l-1 2']);
  });
});

describe('the deliveries of a subscription', () => {
  it('are listed by the instant of their end, the newest first, also of one state', async () => {
    const { world } = createWorld();
    for (const version of [2, 1, 3]) {
      world.clock.now += 60_000;
      await world.plan(announce({ version }));
      await world.send();
    }
    const list = async (state?: 'superseded') =>
      (await readNewest(world.deliveries, 'crm', { state, most: 2 })).map(({ version }) => version);
    expect(await list()).toEqual([3, 1]);
    expect(await list('superseded')).toEqual([1]);
  });

  it('are found by the beginning of an id, if it is of one only', async () => {
    const { world } = createWorld();
    await world.plan(announce({ version: 1 }), announce({ version: 2 }));
    await expect(readOne(world.deliveries, 'crm', 'l-1')).rejects.toThrow(/more than one delivery/);
    await expect(readOne(world.deliveries, 'crm', 'x')).rejects.toThrow(/has no delivery/);
    expect((await readOne(world.deliveries, 'crm', 'l-1-2')).version).toBe(2);
  });
});
