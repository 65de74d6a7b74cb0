import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startVendorServer, type VendorRequest } from '../../support/vendor-server.ts';
import { projectRoot } from '../folders.ts';

/** The folder of the sources of the scenario. */
export const sources = join(projectRoot, 'test/e2e/sources');

/** A server of the run on loopback, to which a deployment delivers. */
export interface DeliveryServer {
  /** The folder with the subscriptions to it: to a path that works, and to one that is gone. */
  readonly folder: string;
  /** The requests so far, by the name of their subscription. */
  readonly received: (subscription: 'works' | 'gone') => readonly VendorRequest[];
  readonly close: () => Promise<void>;
}

const events = ['LeadTierChanged', 'LeadStageTransitioned', 'HandoffRequested', 'LeadErased'];

/** Starts the server, and writes the documents of the subscriptions to it below a folder. */
export const startDeliveryServer = async (within: string): Promise<DeliveryServer> => {
  const server = await startVendorServer(({ path }) => ({ status: path === '/gone' ? 410 : 204, body: '' }));
  const folder = join(within, 'deliveries');
  mkdirSync(folder, { recursive: true });
  for (const name of ['works', 'gone']) {
    const target = { kind: 'webhook', url: `${server.baseUrl}/${name}` };
    const document = { name, owner: 'the scenario', events, attributes: ['jobTitle'], target };
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(document));
  }
  return {
    folder,
    received: (subscription) => server.requests.filter(({ path }) => path === `/${subscription}`),
    close: server.close,
  };
};
