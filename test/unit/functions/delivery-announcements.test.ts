import { describe, expect, it } from 'vitest';
import { type BusEvent, outboundContracts } from '../../../events/index.ts';
import { publishChanges } from '../../../functions/publish-changes/publish-changes.ts';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { subscriptionStateKey } from '../../../shared/keys/index.ts';
import { buildStreamEvent, failedIds } from '../../support/deliveries.ts';
import { announceDelivery, answered, createDeliveryWorld } from '../../support/delivering.ts';
import { createRecordingBus } from '../../support/recording-bus.ts';

const publishing = () => {
  const published: BusEvent[] = [];
  return { published, publish: publishChanges({ bus: createRecordingBus(published) }) };
};

const stateOf = (items: readonly Item[]): Item => {
  const { sk } = subscriptionStateKey('crm');
  return items.find((item) => item.sk?.S === sk) as Item;
};

describe('a pause of deliveries', () => {
  it('is announced once, with its reason, whatever is written to the item afterwards', async () => {
    const world = createDeliveryWorld();
    world.script.answer = () => answered(410);
    await world.plan(announceDelivery());
    await world.send();
    const paused = stateOf(world.items());
    const { published, publish } = publishing();
    await publish(buildStreamEvent({ item: paused, before: { ...paused, pausedAt: { S: '' } } }));
    await publish(buildStreamEvent({ item: paused, before: paused }));
    expect(published).toMatchObject([
      {
        'detail-type': 'DeliveriesPaused',
        detail: { data: { subscription: 'crm', reason: 'gone', failures: 1, pausedAt: paused.pausedAt?.S } },
      },
    ]);
    const { detail } = outboundContracts.DeliveriesPaused;
    expect(detail.safeParse(published[0]?.detail).success).toBe(true);
  });

  it('has one id, however often its record is delivered', async () => {
    const world = createDeliveryWorld();
    await world.deliveries.pause('crm', world.clock.now);
    const { published, publish } = publishing();
    for (let i = 0; i < 2; i++) await publish(buildStreamEvent({ item: stateOf(world.items()) }));
    expect(published.map(({ detail }) => detail.data)).toMatchObject([
      { reason: 'by-hand', failures: 0 },
      { reason: 'by-hand' },
    ]);
    expect(new Set(published.map(({ detail }) => detail.metadata.eventId)).size).toBe(1);
  });

  it('is not announced by deliveries, nor by a subscription that sends', async () => {
    const world = createDeliveryWorld();
    await world.plan(announceDelivery());
    await world.send();
    const { published, publish } = publishing();
    const response = await publish(buildStreamEvent(...world.items().map((item) => ({ item }))));
    expect(failedIds(response)).toEqual([]);
    expect(published).toEqual([]);
  });
});
