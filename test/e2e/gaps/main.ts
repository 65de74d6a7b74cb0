import { startEmulator } from '../emulator/emulator.ts';
import { makeRunFolder, removeRunFolders } from '../folders.ts';
import { createClients } from '../target.ts';
import { createLab, type Finding } from './probe.ts';
import { busTargets } from './probes/bus-targets.ts';
import { clock } from './probes/clock.ts';
import { httpApi } from './probes/http-api.ts';
import { lockedBucket } from './probes/locked-bucket.ts';
import { queueMapping } from './probes/queue-mapping.ts';
import { queues } from './probes/queues.ts';
import { resourceTypes } from './probes/resource-types.ts';
import { streamMapping } from './probes/stream-mapping.ts';

const probes = [resourceTypes, queues, queueMapping, streamMapping, busTargets, lockedBucket, httpApi, clock];

/*
 * `npm run test:e2e:gaps` measures where the pinned emulator differs from AWS in what Sluice uses or once used. It
 * tests the emulator, not Sluice, and so always succeeds.
 */
const line = ({ asAws, what, saw }: Finding): string =>
  `${asAws ? 'as AWS' : 'DIFFERS'}\t${what}\t${saw.slice(0, 240)}`;

const emulator = await startEmulator({ folder: makeRunFolder() });
const clients = createClients(emulator.endpoint);
try {
  const lab = createLab(emulator.endpoint, clients);
  for (const probe of probes) for (const finding of await probe(lab)) console.log(line(finding));
} finally {
  clients.destroy();
  await emulator.stop();
  removeRunFolders();
}
