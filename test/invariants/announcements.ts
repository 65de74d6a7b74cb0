import type { Action } from '../../events/index.ts';
import type { Announcement, Evidence } from './evidence.ts';
import { memoize } from './memoize.ts';

/** The data of the announcement of a ledger entry's change. */
export interface ChangeData {
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
  readonly to?: unknown;
  readonly trigger?: unknown;
  /** The stage, tier and score after the change; left out by the announcement that a lead is closed. */
  readonly stage?: unknown;
  readonly tier?: unknown;
  readonly score?: unknown;
  readonly action: Action;
  readonly actionChanged: boolean;
}

export interface AnnouncedChange {
  readonly id: string;
  readonly type: string;
  readonly data: ChangeData;
}

/** The types of announcements about changes of ledger entries. The others are about what the consumers store. */
const types = new Set([
  'LeadTierChanged',
  'LeadStageTransitioned',
  'LeadDisqualified',
  'LeadRequalified',
  'LeadScored',
  'HandoffDeadlineMoved',
  'LeadRedirected',
  'LeadErased',
]);

const parseChange = ({ 'detail-type': type, detail: { metadata, data } }: Announcement): AnnouncedChange => ({
  id: metadata.eventId,
  type,
  data: data as ChangeData,
});

/** Returns the announced changes of leads, in the order of versions and ordinals. */
export const announcedChanges = memoize(({ announced }): readonly AnnouncedChange[] =>
  announced
    .filter((event) => types.has(event['detail-type']))
    .map(parseChange)
    .sort(({ data: a }, { data: b }) => a.version - b.version || a.ordinal - b.ordinal),
);

const byLead = memoize((evidence) => Map.groupBy(announcedChanges(evidence), ({ data }) => data.leadId));

/** Returns the announced changes of a lead, in the order in which they were decided. */
export const announcedOf = (evidence: Evidence, leadId: string): readonly AnnouncedChange[] =>
  byLead(evidence).get(leadId) ?? [];
