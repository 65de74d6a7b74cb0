import { hash } from 'node:crypto';
import { type Entry, type OutboundType, sluiceSource } from '../../events/index.ts';

/** Where an announcement comes from: what makes its id, and the event that caused it. */
export interface Cause {
  /** The item that announces, and what of it: the same on every try. */
  readonly parts: readonly string[];
  readonly occurredAt: string;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
}

/** The id of an announcement. A retried stream batch announces the same ids, so every consumer can drop the second. */
const announcementId = (parts: readonly string[]): string =>
  hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);

export const announce = (
  type: OutboundType,
  { parts, occurredAt, correlationId, causationId }: Cause,
  data: object,
): Entry => ({
  source: sluiceSource,
  'detail-type': type,
  time: occurredAt,
  detail: {
    metadata: {
      eventId: announcementId([...parts, type]),
      occurredAt,
      schemaVersion: 1,
      ...(correlationId !== undefined && { correlationId }),
      ...(causationId !== undefined && { causationId }),
    },
    data,
  },
});
