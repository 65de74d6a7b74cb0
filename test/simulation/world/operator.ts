import { buildErasure } from '../../../cli/quarantine/build-erasure.ts';
import { replayEvents } from '../../../cli/quarantine/replay-events.ts';
import { rescore } from '../../../cli/rescore/rescore.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { createDynamoDbQuarantineAdmin } from '../../../shared/quarantine/index.ts';
import { createNamedRandom } from '../random.ts';
import { type Actor, createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const rate = 100;

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

/**
 * Has all leads rescored by the active model, as an operator does after a deployment. Errors are ignored, since the
 * operator would try again.
 */
export const rescoreAll = async (world: World): Promise<void> => {
  const { portsOf, deployment, scheduler } = world;
  const actor = createActor('operator', 0.5);
  const { wait } = portsOf(actor);
  const { version: modelVersion } = deployment.active;
  await scheduler.sleep(actor, 0);
  await rescore(connect(world, actor), { modelVersion, rate, wait }).catch(() => undefined);
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
