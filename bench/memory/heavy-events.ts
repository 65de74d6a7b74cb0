import type { History } from '../pipeline/stream.ts';

/** The maximum bytes of an invocation: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostBytes = 6 * 2 ** 20;
/** The share of the bytes for texts; the rest is for names, envelopes, and the JSON within JSON of a message. */
const room = 0.85;
const answers = 100;

/** Returns histories of one event each that together fill an invocation: answers with many words each. */
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

/** Returns a request to erase a lead. */
export const buildErasure = (leadId: string): History[number] & { readonly source: string } => ({
  source: 'crm',
  'detail-type': 'LeadErasureRequested',
  time: '2026-10-01T09:00:00Z',
  detail: {
    metadata: { eventId: 'erase', occurredAt: '2026-10-01T09:00:00.000Z', schemaVersion: 1 } as object,
    data: { leadId },
  },
});
