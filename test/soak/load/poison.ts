import type { Dice } from '../../../scripts/sample/dice.ts';
import type { SampleEvent } from '../../../scripts/sample/entry.ts';
import type { Offer } from './offer.ts';

type Data = Readonly<Record<string, unknown>>;

/** A way in which an event is broken: its type, its data, and changes to its metadata. */
type Fault = readonly [type: string, data: (leadId: string) => Data, metadata?: Data];

const faults: readonly Fault[] = [
  ['LeadStageChanged', (leadId) => ({ leadId, stage: 'prospect' })],
  ['LeadProfileUpdated', (leadId) => ({ leadId: `${leadId} (copy)`, attributes: { seniority: 'staff' } })],
  ['LeadActivityRecorded', (leadId) => ({ leadId, activity: 'page_visited', count: -1 })],
  ['LeadOutcomeRecorded', (leadId) => ({ leadId, outcome: 'won', currency: 'EUR' })],
  ['LeadsMerged', (leadId) => ({ leadId, mergedLeadId: leadId })],
  [
    'LeadActivityRecorded',
    (leadId) => ({ leadId, activity: 'page_visited' }),
    { occurredAt: '2999-01-01T00:00:00.000Z' },
  ],
  ['LeadActivityRecorded', (leadId) => ({ leadId, activity: 'page_visited' }), { schemaVersion: 2 }],
];

/** An event that is well-formed but larger than an item may be. */
const tooLarge: Fault = [
  'LeadProfileUpdated',
  (leadId) => ({
    leadId: `${leadId}-large`,
    attributes: Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [
        `a${i}`,
        Array.from({ length: 50 }, (_, j) => `${j}`.padEnd(200, 'x')),
      ]),
    ),
  }),
];

/** One fault in this many is a large event: each is half a megabyte, and more of them would be most of the load. */
const largeOnes = 20;

const buildEntry = (eventId: string, leadId: string, [type, data, metadata]: Fault): SampleEvent => ({
  source: 'broken.producer',
  'detail-type': type,
  time: '2024-06-01T09:00:00Z',
  detail: {
    metadata: { eventId, occurredAt: '2024-06-01T09:00:00.000Z', schemaVersion: 1, ...metadata },
    data: data(leadId),
  },
});

/** Returns an event that must be quarantined, sent among those of a lead. */
export const drawPoison = (dice: Dice, leadId: string): Offer => {
  const fault = dice.int(1, largeOnes) === 1 ? tooLarge : dice.pick(faults);
  return { entry: buildEntry(`poison-${dice.hex()}-${dice.hex()}`, leadId, fault), fate: 'rejected' };
};
