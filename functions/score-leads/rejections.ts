import type { Rejection } from '../../events/index.ts';
import type { LeadEvent } from '../../shared/lead/index.ts';

export const conflicting = (event: LeadEvent): Rejection => ({
  code: 'conflicting-content',
  problems: [
    {
      path: 'detail.metadata.eventId',
      given: JSON.stringify(event.metadata.eventId),
      allowed:
        'an id of its own: an event of this lead with this id and occurredAt, but other content, is recorded',
    },
  ],
});
