import type { Session } from '../../session.ts';
import { type Door, leadOf } from './door.ts';

/** An event in the form of the bus. */
export interface GivenEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: { readonly metadata: { readonly eventId: string }; readonly data: object };
}

/** Returns a function that makes events about a lead, all of the same instant, with ids that a repetition has as well. */
export const createEvents = (session: Session, door: Door, lead: string, prefix = lead) => {
  const occurredAt = new Date().toISOString();
  const leadId = leadOf(session, door, lead);
  let count = 0;
  return (type: string, data: object): GivenEvent => ({
    source: 'marketing.web',
    'detail-type': type,
    detail: {
      metadata: {
        eventId: `${leadOf(session, door, prefix)}-${++count}`,
        ...{ occurredAt, schemaVersion: 1 },
      },
      data: { leadId, ...data },
    },
  });
};
