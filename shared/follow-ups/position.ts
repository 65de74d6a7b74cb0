import type { ActionEvent } from '../../events/index.ts';
import { type Item, N, S } from '../dynamodb/index.ts';

/**
 * Returns a position in a lead's history as text that sorts. Announcements arrive in any order and more than once, and
 * only a later one may change what a consumer has stored.
 *
 * @example buildPositionKey({ version: 3, ordinal: 0 }) // '000000000003.000'
 */
export const buildPositionKey = ({ version, ordinal }: { version: number; ordinal: number }): string =>
  `${String(version).padStart(12, '0')}.${String(ordinal).padStart(3, '0')}`;

/** Returns the attributes of an announcement's position: the same for all announcements of one entry. */
export const positionFields = ({ data }: ActionEvent): Item => ({
  position: S(buildPositionKey(data)),
  version: N(data.version),
  ordinal: N(data.ordinal),
});

/** Returns the attributes that relate a follow-up to the announcement that it follows. */
export const causeFields = (event: ActionEvent): Item => ({
  ...positionFields(event),
  occurredAt: S(event.metadata.occurredAt),
  correlationId: S(event.metadata.correlationId ?? event.metadata.eventId),
  causationId: S(event.metadata.eventId),
});
