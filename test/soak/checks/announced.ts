import type { Action, BusEvent, Stage, Tier } from '../../../events/index.ts';
import { leadAnnouncements } from '../../../functions/publish-changes/lead-announcements.ts';
import type { LeadItems } from './stored.ts';

/** What an announcement of a ledger entry says, as far as it is looked at. */
export interface Announced {
  readonly eventId: string;
  readonly type: string;
  readonly version: number;
  readonly ordinal: number;
  readonly actionChanged: boolean;
  readonly action: Action;
  readonly to?: Stage | Tier;
}

const announcedIn = ({ detail, 'detail-type': type }: BusEvent): Announced => ({
  ...(detail.data as Omit<Announced, 'eventId' | 'type'>),
  eventId: detail.metadata.eventId,
  type,
});

/** Everything that a lead's ledger announces, in the order in which it was decided. */
export const announcementsOf = ({ entries }: LeadItems): readonly Announced[] =>
  entries
    .flatMap((item) => leadAnnouncements(item, undefined))
    .map(announcedIn)
    .sort((a, b) => a.version - b.version || a.ordinal - b.ordinal);
