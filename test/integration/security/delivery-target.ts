import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { startVendorServer, type VendorServer } from '../../support/vendor-server.ts';

/** The address of all targets in the documents: the real one is known only once a server listens. */
const placeholder = 'http://127.0.0.1:9/';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Starts a server for deliveries: one of its paths works, and one is gone. */
export const startDeliveryTarget = (): Promise<VendorServer> =>
  startVendorServer(({ path }) => ({ status: path === '/gone' ? 410 : 204, body: '' }));

/** Copies an assembly, with deliveries that go to a server of this machine. Returns the folder of the copy. */
export const aimDeliveries = (assembly: string, baseUrl: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-aimed-'));
  folders.push(folder);
  cpSync(assembly, folder, { recursive: true });
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of names.filter((each) => each.endsWith('subscriptions.json'))) {
    const file = join(folder, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(placeholder, `${baseUrl}/`));
  }
  return folder;
};
