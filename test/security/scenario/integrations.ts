import type { Target } from './target.ts';

/** The texts of the integrations that must be in no log. */
export const integrationWords = {
  address: 'wanda@private.example',
  otherAddress: 'wanda.w@private.example',
  secret: 'a-secret-that-nobody-logs',
  partnerAddress: 'pia@private.example',
  visitor: 'visitor-4711',
} as const;

const { address, otherAddress, partnerAddress, visitor } = integrationWords;

type Payload = Readonly<Record<string, unknown>>;

const company = 'Private & Sons';
const large = 'x'.repeat(400_000);

/** Returns what sources send about a person, of whom `one` is the first and `two` the second. */
const buildPayloads = (email: string): readonly Payload[] => [
  { email, company, activity: 'demo_requested', need: 'critical', stage: 'mql' },
  { email, handoffId: 'crm-7', acceptedBy: 'sales-1' },
  { email, handoffId: 'crm-8', rejectedBy: 'sales-1', outcome: 'lost' },
  // Two people who share an identifier, which is suggested as a pair; then they are merged.
  { email, crmId: `${email}-1`, company },
  { email: `second-${email}`, crmId: `${email}-2`, company },
  { email: `second-${email}`, crmId: `${email}-1`, company },
  { email: `third-${email}`, crmId: `${email}-3`, company },
  { email, mergedCrmId: `${email}-3` },
  // A visitor becomes known, and then turns out to be somebody who was known.
  { cookie: `${visitor}-${email}`, activity: 'page_visited' },
  { email, cookie: `${visitor}-${email}`, company },
  // What can't be mapped is quarantined, in one part or in several.
  { email, company, employees: 'many' },
  { email, company, employees: 'many', text: large },
  // What the mapping has nothing for is counted by its name.
  { email, nothing: 'of it' },
];

/** Returns what a source says that merges whoever shares an identifier: the two that were only suggested before. */
const meeting = (email: string): Payload => ({ email: `second-${email}`, crmId: `${email}-1`, company });

const erasing = (email: string): Payload => ({ email, forget: 'true' });

const at = '2026-03-05T09:00:00.000Z';

/** Sends what a tool sends by webhooks, with a repeated one and one without proof. */
const sendWebhooks = async ({ sendWebhook, settle }: Target): Promise<void> => {
  for (const [i, payload] of buildPayloads(address).entries()) {
    await sendWebhook('form', { id: `w-${i}`, event: 'form', at, ...payload });
    await settle();
  }
  await sendWebhook('shop', { id: 'w-m', event: 'form', at, ...meeting(address) });
  await sendWebhook('form', { id: 'w-0', event: 'form', at, ...buildPayloads(address)[0] });
  await sendWebhook('form', { id: 'w-x', event: 'form', at, email: otherAddress }, 'another-secret');
};

const track = (messageId: string, properties: Payload) => ({
  type: 'track',
  event: 'form',
  messageId,
  timestamp: at,
  properties,
});

/** Puts what a partner puts on its bus. */
const sendPartnerEvents = async ({ putPartnerEvent, settle }: Target): Promise<void> => {
  for (const [i, properties] of buildPayloads(partnerAddress).entries()) {
    await putPartnerEvent(track(`m-${i}`, properties));
    await settle();
  }
  await putPartnerEvent(track('m-m', meeting(partnerAddress)), 'merging');
  await settle();
};

/**
 * Takes every path through what takes in payloads and delivers announcements: links, pairs and merges of identifiers,
 * payloads that can't be mapped, deliveries to a target that works, and to one that is gone.
 */
export const integrationPaths = async (target: Target): Promise<void> => {
  await sendWebhooks(target);
  await sendPartnerEvents(target);
  if (target.announced('DeliveriesPaused').length === 0) throw new Error('no subscription was paused');
};

/** Erases the people of whom sources have told. */
export const eraseIntegrations = async ({ sendWebhook, putPartnerEvent, settle }: Target): Promise<void> => {
  await sendWebhook('form', { id: 'w-e', event: 'form', at, ...erasing(address) });
  await putPartnerEvent(track('m-e', erasing(partnerAddress)));
  await settle();
};
