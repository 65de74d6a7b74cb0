import { hourMs, minuteMs } from '../../events/index.ts';
import type { Dice } from './dice.ts';
import type { Arrival, Data, SampleEvent } from './entry.ts';

// Faults that occur in every real stream.

type Break = (entry: SampleEvent) => SampleEvent;

const withData = (entry: SampleEvent, data: Data): SampleEvent => ({
  ...entry,
  detail: { ...entry.detail, data: { ...entry.detail.data, ...data } },
});

/** Returns the event under an id of its own, so that it is added beside the original and no lead misses an event. */
const withNewId = (entry: SampleEvent, eventId: string): SampleEvent => ({
  ...entry,
  detail: { ...entry.detail, metadata: { ...entry.detail.metadata, eventId } },
});

/** The faults by which events are quarantined: the type of the event, its new id if it gets one, and the fault itself. */
const faults: readonly (readonly [type: string, id: string | undefined, breakIt: Break])[] = [
  ['LeadStageChanged', 'crm-broken-1', (entry) => withData(entry, { stage: 'prospect' })],
  ['LeadProfileUpdated', 'crm-broken-2', (entry) => withData(entry, { leadId: 'lead 0107 (copy)' })],
  ['LeadActivityRecorded', 'w-broken-3', (entry) => withData(entry, { count: -1 })],
  ['LeadOutcomeRecorded', 'crm-broken-4', (entry) => withData(entry, { currency: 'EUR' })],
  ['LeadActivityRecorded', 'w-broken-5', (entry) => ({ ...entry, 'detail-type': 'LeadActivityRecord' })],
  // The id stays, so that two events with one id and instant differ in content.
  [
    'LeadAnswersRecorded',
    undefined,
    (entry) => withData(entry, { answers: { budget: { value: 'unsure' } } }),
  ],
];

export const brokenArrivals = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
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

/** Returns events that a producer sends again since it got no answer: most at once, some within 30 hours. */
export const repeatedArrivals = (dice: Dice, arrivals: readonly Arrival[]): Arrival[] =>
  Array.from({ length: repeats }, () => {
    const { at, entry } = dice.pick(arrivals);
    return { at: at + (dice.chance(0.6) ? dice.int(1, 90) * 1_000 : dice.int(1, 30) * hourMs), entry };
  });
