import type { Random } from '../random.ts';
import type { LoadEntry, Sent } from './entry.ts';
import { inTenYears, iso } from './instants.ts';

type Spoil = (entry: LoadEntry, random: Random, secret: string) => LoadEntry | string;

const withData = (entry: LoadEntry, data: object): LoadEntry => ({
  ...entry,
  detail: { ...entry.detail, data: { ...entry.detail.data, ...data } },
});

const withMetadata = (entry: LoadEntry, metadata: object): LoadEntry => ({
  ...entry,
  detail: { ...entry.detail, metadata: { ...entry.detail.metadata, ...metadata } },
});

const withType = (entry: LoadEntry, type: string, data: object): LoadEntry => ({
  ...entry,
  'detail-type': type,
  detail: { ...entry.detail, data: { leadId: entry.detail.data.leadId, ...data } },
});

const nested = (depth: number): unknown => (depth === 0 ? 1 : { inner: nested(depth - 1) });

/** Events that pass the rules and violate their contracts. */
const spoilt: readonly Spoil[] = [
  (entry, _random, secret) => withData(entry, { stage: secret, extra: secret }),
  (entry) => withData(entry, { leadId: 'no blanks please' }),
  (entry) => withData(entry, { leadId: 5 }),
  (entry) => withData(entry, { unexpected: nested(20) }),
  (entry) => withData(entry, { leadId: 'x'.repeat(2_000) }),
  (entry, random) => withMetadata(entry, { occurredAt: iso(inTenYears(random)) }),
  (entry) => withMetadata(entry, { occurredAt: '1999-12-31T23:59:59.999Z' }),
  (entry) => withMetadata(entry, { schemaVersion: 2 }),
  (entry) => withMetadata(entry, { eventId: 'with blanks' }),
  (entry) => ({ ...entry, detail: { ...entry.detail, metadata: {} } }),
  (entry) => withType(entry, 'LeadsMerged', { mergedLeadId: entry.detail.data.leadId }),
  (entry) => withType(entry, 'HandoffAccepted', {}),
];

/** Messages that no rule lets through, but that may be put into the queue by hand. */
const strange: readonly Spoil[] = [
  (entry, _random, secret) => `not json ${secret} ${entry.detail.metadata.eventId}`,
  (entry) => `"${entry.detail.metadata.eventId}"`,
  (entry) => ({ ...entry, 'detail-type': 'LeadStageChange' }),
  (entry) => ({ ...entry, source: '' }),
  (entry) => JSON.stringify(entry).slice(0, -1),
  // This message is larger than an item may be.
  (entry, random) => (random.chance(0.2) ? `${entry.detail.metadata.eventId} ${'é🙂'.repeat(60_000)}` : ''),
];

/** Returns an event that must be rejected. */
export const drawPoison = (entry: LoadEntry, random: Random, secret: string): Sent => ({
  content: random.pick(spoilt)(entry, random, secret),
  fate: 'rejected',
});

/** Returns a message that must be rejected and was never on the bus. */
export const drawStranger = (entry: LoadEntry, random: Random, secret: string): Sent => ({
  content: random.pick(strange)(entry, random, secret),
  fate: 'rejected',
});
