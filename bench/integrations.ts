import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SluiceAppProps } from '../infra/sluice-app.ts';

const root = resolve(import.meta.dirname, '..');

/** The secrets of the source and of the subscription that benches use, by name. */
export const benchSecrets = {
  hubspot: ['sluice-bench-key'],
  'sales-crm': ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
} as const;

/** The URL at which the app has its door for webhooks, as senders sign it. */
export const hooksUrl = 'https://hooks.example.com';

/** The subscription of the benches: what concerns sales, to a webhook. */
export const subscription = (url = 'https://crm.example.com/sluice') => ({
  name: 'sales-crm',
  owner: 'sales operations',
  events: ['HandoffRequested', 'LeadTierChanged'],
  target: { kind: 'webhook', url },
});

/**
 * Puts documents into a folder, with which the app has all its functions: the sources that come with Sluice, those of
 * partner buses, and a subscription.
 */
export const writeIntegrations = (
  folder: string,
  subscribed = subscription(),
): Pick<SluiceAppProps, 'sources' | 'deliveries' | 'hooksUrl'> => {
  const [sources, deliveries] = [join(folder, 'sources'), join(folder, 'deliveries')];
  for (const from of ['sources', 'docs/examples/sources'])
    cpSync(join(root, from), sources, { recursive: true });
  mkdirSync(deliveries);
  writeFileSync(join(deliveries, 'sales-crm.json'), JSON.stringify(subscribed));
  return { sources, deliveries, hooksUrl };
};
