import { hash } from 'node:crypto';
import {
  type Announcement,
  type BusEvent,
  busEvent,
  type OutboundType,
  sluiceSource,
} from '../../events/index.ts';

/** The origin of an announcement: the parts of its id, and the event that caused it. */
export interface Cause {
  /** The keys of the item that announces, and the part of the item: the same on every try. */
  readonly parts: readonly string[];
  readonly occurredAt: string;
  readonly correlationId?: string | undefined;
  readonly causationId?: string | undefined;
}

/**
 * The fields of an announcement that its contract doesn't have. A spread could add such fields without a compiler
 * error.
 */
type SurplusField<Given extends Announcement> = Given extends Announcement
  ? Exclude<keyof Given, keyof Announcement<Given['type']>>
  : never;

/**
 * Returns the id of an announcement. A retried stream batch gives the same ids, so that every consumer can drop the
 * second.
 */
const announcementId = (parts: readonly string[]): string =>
  hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32);

/**
 * Builds the event that announces a change. The contract of its type decides which data compiles.
 *
 * @example
 * announce({ type: 'NurtureStarted', leadId: 'l-1', version: 3, ordinal: 0, track: 'lead-nurture' }, cause);
 */
export const announce = <Given extends Announcement>(
  announcement: Given & { readonly [Field in SurplusField<Given>]?: never },
  { parts, ...trace }: Cause,
): BusEvent<OutboundType> => {
  const { type, ...data }: Announcement = announcement;
  return busEvent(type, sluiceSource, { eventId: announcementId([...parts, type]), ...trace }, data);
};
