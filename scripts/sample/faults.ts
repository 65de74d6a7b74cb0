import { hourMs, minuteMs } from '../../events/index.ts';
import type { Dice } from './dice.ts';
import type { Arrival, Data, SampleEvent } from './entry.ts';

// What goes wrong in every real stream.

type Mend = (entry: SampleEvent) => SampleEvent;

const withData = (entry: SampleEvent, data: Data): SampleEvent => ({
  ...entry,
  detail: { ...entry.detail, data: { ...entry.detail.data, ...data } },
});

/** An event of its own beside the one that it is made of, so that no lead's story lacks one. */
const withNewId = (entry: SampleEvent, eventId: string): SampleEvent => ({
  ...entry,
  detail: { ...entry.detail, metadata: { ...entry.detail.metadata, eventId } },
});

/** One event of each kind that is quarantined: the type to make it of, and how it is broken. */
const faults: readonly (readonly [type: string, id: string | undefined, breakIt: Mend])[] = [
  ['LeadStageChanged', 'crm-broken-1', (entry) => withData(entry, { stage: 'prospect' })],
  ['LeadProfileUpdated', 'crm-broken-2', (entry) => withData(entry, { leadId: 'lead 0107 (copy)' })],
  ['LeadActivityRecorded', 'w-broken-3', (entry) => withData(entry, { count: -1 })],
  ['LeadOutcomeRecorded', 'crm-broken-4', (entry) => withData(entry, { currency: 'EUR' })],
  ['LeadActivityRecorded', 'w-broken-5', (entry) => ({ ...entry, 'detail-type': 'LeadActivityRecord' })],
  // The id stays: two events of one id and instant that say different things.
  [
    'LeadAnswersRecorded',
    undefined,
    (entry) => withData(entry, { answers: { budget: { value: 'unsure' } } }),
  ],
];

export const brokenOnes = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
  faults.map(([type, id, breakIt]) => {
    const { at, entry } = dice.pick(
      arrivals.slice(300).filter(({ entry: candidate }) => candidate['detail-type'] === type),
    );
    return {
      at: at + dice.int(1, 40) * minuteMs,
      entry: breakIt(id === undefined ? entry : withNewId(entry, id)),
    };
  });

const repeats = 25;

/** A producer that got no answer sends again: most at once, some after a day. */
export const repeatedOnes = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
  Array.from({ length: repeats }, () => {
    const { at, entry } = dice.pick(arrivals);
    return { at: at + (dice.chance(0.6) ? dice.int(1, 90) * 1_000 : dice.int(1, 30) * hourMs), entry };
  });
