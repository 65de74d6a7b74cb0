import { buildErasure } from '../../../cli/quarantine/build-erasure.ts';
import { replayEvents } from '../../../cli/quarantine/replay-events.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { createDynamoDbDeliveries, createPoke } from '../../../shared/deliveries/index.ts';
import { createDynamoDbQuarantineAdmin } from '../../../shared/quarantine/index.ts';
import { subscriptionsOfWorld } from '../load/subscriptions.ts';
import { createNamedRandom } from '../random.ts';
import { type Actor, createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const connect = ({ portsOf }: World, actor: Actor): Connection => {
  const { database, bus, tables, now } = portsOf(actor);
  return {
    dynamodb: database,
    bus,
    busName: 'bus',
    leadsTable: tables.leads,
    quarantineTable: tables.quarantine,
    now,
  } as Pick<Connection, 'dynamodb' | 'bus' | 'busName' | 'leadsTable' | 'now'> as Connection;
};

/** Decides about merges with erased leads, as an operator who may erase does: sometimes the two are one. */
export const decideMerges = async (world: World): Promise<void> => {
  const actor = createActor('operator', 0.5);
  const random = createNamedRandom(world.plan.seed, 'decisions');
  const connection = connect(world, actor);
  const admin = createDynamoDbQuarantineAdmin(connection.dynamodb, connection.quarantineTable);
  await world.scheduler.sleep(actor, 0);
  const open = admin.list({ code: 'merge-with-erased', status: 'open' });
  for (const { id } of await Array.fromAsync(open)) {
    const record = await admin.read(id);
    if (record === undefined || !random.chance(world.plan.deciding)) continue;
    const leadId = random.pick([record.leadId, record.mergedLeadId]) ?? '';
    const corrected = JSON.stringify(buildErasure(record, leadId, world.scheduler.now));
    const props = { connection, admin, actor: 'operator', force: false, dryRun: false, corrected };
    await replayEvents(
      props,
      (async function* () {
        yield record;
      })(),
    );
  }
};

/** Resumes what was paused because its target kept failing, as an operator does once the target works again. */
export const resumeDeliveries = async ({ portsOf, scheduler }: World): Promise<void> => {
  const { database: client, tables, sqs } = portsOf(createActor('operator', 0.5));
  const deliveries = createDynamoDbDeliveries({ client, table: tables.deliveries });
  const poke = createPoke(sqs, 'send-deliveries');
  const resume = async (): Promise<void> => {
    for (const { name } of subscriptionsOfWorld) {
      await deliveries.resume(name);
      await poke(name);
    }
  };
  void resume();
  await scheduler.run();
};
