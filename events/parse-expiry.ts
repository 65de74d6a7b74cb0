import { BrokenAnnouncementError } from './announcements.ts';
import type { EventOf } from './envelope.ts';
import { isObject } from './is-object.ts';
import { HandoffExpired } from './outbound/handoff-expired.ts';
import { describeProblems } from './problems.ts';
import { sluiceSource } from './source.ts';

/** The announcement that nobody answered a hand-off in time, as `score-leads` takes it in. */
export type ExpiryEvent = EventOf<typeof HandoffExpired> & { readonly source: typeof sluiceSource };

/**
 * Parses the announcement that a hand-off expired.
 *
 * @returns undefined for anything else, such as an event of a producer, also if it uses this type
 * @throws BrokenAnnouncementError if the announcement breaks its contract
 */
export const parseExpiry = (entry: unknown): ExpiryEvent | undefined => {
  if (!isObject(entry) || entry.source !== sluiceSource) return undefined;
  if (entry['detail-type'] !== HandoffExpired.detailType) return undefined;
  const parsed = HandoffExpired.detail.safeParse(entry.detail);
  if (!parsed.success)
    throw new BrokenAnnouncementError(
      HandoffExpired.detailType,
      describeProblems(parsed.error, entry.detail, ['detail']),
    );
  return { type: 'HandoffExpired', source: sluiceSource, ...parsed.data };
};
