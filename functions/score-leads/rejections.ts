import type { Rejection } from '../../events/index.ts';
import type { SignalEvent } from '../../shared/lead/index.ts';
import { largestItem } from '../../shared/ledger/index.ts';

export const conflicting = (event: SignalEvent): Rejection => ({
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

export const tooLarge = (what: string, bytes: number): Rejection => ({
  code: 'too-large',
  problems: [{ path: what, given: `${bytes} bytes`, allowed: `at most ${largestItem} bytes` }],
});
