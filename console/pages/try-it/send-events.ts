import type { GivenEvent } from '../../../events/api/index.ts';
import type { BusEvent } from '../../../events/index.ts';
import { type Answer, call } from '../../api/call.ts';
import type { TriedPayload } from './local-samples.ts';

export type SendResult = Answer<'putEvents'>['results'][number];

/** Sends events, given as parsed JSON. */
export const sendEvents = async (events: readonly unknown[]): Promise<readonly SendResult[]> => {
  const { results } = await call('putEvents', { body: [...events] as GivenEvent[] });
  return results;
};

/** The lead for which events are sent whose lead is known by an address alone. */
export const standInLead = 'try-it';

/** Returns the events of payloads as the API takes them. */
export const toBusEvents = (source: string, payloads: readonly TriedPayload[]): readonly BusEvent[] =>
  payloads.flatMap(({ events, lead }) =>
    events.map(({ type, occurredAt, eventId, data }) => ({
      source,
      'detail-type': type,
      time: occurredAt,
      detail: {
        metadata: { eventId, occurredAt, schemaVersion: 1 as const },
        data: { leadId: lead?.leadId ?? standInLead, ...data },
      },
    })),
  );

/** Reads which event a text is about, to be followed after it was sent. */
export const readEventIds = (
  event: unknown,
): { readonly eventId: string; readonly leadId: string; readonly type: string } | undefined => {
  if (typeof event !== 'object' || event === null) return undefined;
  const { detail, 'detail-type': type } = event as Partial<BusEvent<string, { leadId?: unknown }>>;
  const eventId = detail?.metadata?.eventId;
  const leadId = detail?.data?.leadId;
  if (typeof eventId !== 'string' || typeof leadId !== 'string' || typeof type !== 'string') return undefined;
  return { eventId, leadId, type };
};
