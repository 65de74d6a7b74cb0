import type { History } from '../pipeline/stream.ts';

/** As much as an invocation can be handed: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostBytes = 6 * 2 ** 20;
/** Beside the text that is written out here: names, envelopes, and the JSON within JSON of a message. */
const room = 0.85;
const answers = 100;

/** Histories of one event each that together fill an invocation: answers, each with many words. */
export const heavyHistories = (leads: number): History[] => {
  const length = Math.floor((mostBytes * room) / leads / answers);
  const text = 'lorem ipsum '.repeat(Math.ceil(length / 12)).slice(0, length);
  return Array.from({ length: leads }, (_, i) => [
    {
      source: 'crm',
      'detail-type': 'LeadAnswersRecorded',
      time: '2026-03-01T09:00:00Z',
      detail: {
        metadata: { eventId: `heavy-${i}`, occurredAt: '2026-03-01T09:00:00.000Z', schemaVersion: 1 },
        data: {
          leadId: `heavy-${i}`,
          answers: Object.fromEntries(
            Array.from({ length: answers }, (_, at) => [`question${at}`, { value: 'yes', text }]),
          ),
        },
      },
    },
  ]);
};

/** A request to erase a lead. */
export const erasureOf = (leadId: string): History[number] & { readonly source: string } => ({
  source: 'crm',
  'detail-type': 'LeadErasureRequested',
  time: '2026-10-01T09:00:00Z',
  detail: {
    metadata: { eventId: 'erase', occurredAt: '2026-10-01T09:00:00.000Z', schemaVersion: 1 } as object,
    data: { leadId },
  },
});
