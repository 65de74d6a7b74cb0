import { rescore } from '../../../cli/rescore/rescore.ts';
import type { Connection } from '../../../cli/stack/connect.ts';
import { createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const rate = 100;

/**
 * Has all leads rescored by the active model, as an operator does after a deployment. Errors are ignored, since the
 * operator would try again.
 */
export const rescoreAll = async ({ portsOf, deployment, scheduler }: World): Promise<void> => {
  const actor = createActor('operator', 0.5);
  const { database, bus, wait, tables } = portsOf(actor);
  const connection = {
    dynamodb: database,
    bus,
    busName: 'bus',
    leadsTable: tables.leads,
    quarantineTable: tables.quarantine,
  } as Pick<Connection, 'dynamodb' | 'bus' | 'busName' | 'leadsTable'> as Connection;
  const { version: modelVersion } = deployment.active;
  await scheduler.sleep(actor, 0);
  await rescore(connection, { modelVersion, rate, wait }).catch(() => undefined);
};
