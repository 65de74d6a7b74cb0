import { inboundContracts, outboundContracts, rejectionCodes, tiers } from '../../events/index.ts';

/** The metrics of a function, in the namespace of its stack, with its service as a dimension. */
export interface ServiceMetrics {
  readonly counts: readonly string[];
  /** Counts with one more dimension of few values. Each value is a metric of its own, and billed as one. */
  readonly countsBy: Readonly<
    Record<string, { readonly dimension: string; readonly values: readonly string[] }>
  >;
  /** Durations, in milliseconds if the name doesn't say otherwise. */
  readonly times: readonly string[];
}

const tierChanges = tiers.flatMap((from) => tiers.filter((to) => to !== from).map((to) => `${from}-${to}`));

const requests = {
  counts: ['RequestsAnswered', 'RequestsRefused', 'RequestsFailed'],
  countsBy: {},
  times: [],
} as const satisfies ServiceMetrics;

/** The functions of the API count alike. */
const api = { 'answer-queries': requests, 'take-requests': requests, 'manage-quarantine': requests } as const;

/** All metrics of Sluice. One that isn't listed can't be counted, put on the dashboard, or used by an alarm. */
export const metricCatalogue = {
  'score-leads': {
    counts: [
      'BatchSize',
      'LeadsScored',
      'Conflicts',
      'LeadsAdvanced',
      'LeadsSettled',
      'WakeUpsIdle',
      'EventsRedacted',
      'EventsDuplicate',
      'EventsQuarantined',
    ],
    countsBy: {
      EventsRecorded: { dimension: 'type', values: [...Object.keys(inboundContracts), 'HandoffExpired'] },
      EventsQuarantinedBy: { dimension: 'code', values: rejectionCodes },
      TierChanges: { dimension: 'change', values: tierChanges },
    },
    times: [],
  },
  'publish-changes': {
    counts: ['RecordsRead', 'AnnouncementsFailed'],
    countsBy: { Announced: { dimension: 'type', values: Object.keys(outboundContracts) } },
    times: [],
  },
  'start-nurture': {
    counts: [
      'NurtureFollowed',
      'NurtureAlreadyFollowed',
      'NurtureTracksWaiting',
      'NurtureWaitsEnded',
      'NurtureStartsRefused',
    ],
    countsBy: {},
    times: [],
  },
  'hand-off': {
    counts: [
      'HandoffsRequested',
      'HandoffsAlreadyRequested',
      'HandoffsWaiting',
      'HandoffsWithdrawn',
      'HandoffsAccepted',
      'HandoffsRejected',
      'VerdictsOnErasedLeads',
      'DeadlinesMissed',
      'DeadlinesMoved',
    ],
    countsBy: {},
    times: [],
  },
  'erase-lead': {
    counts: ['LeadsErased', 'EntriesErased', 'QuarantinedErased', 'HandoffsErased', 'ErasuresRefused'],
    countsBy: {},
    times: [],
  },
  'advance-leads': {
    counts: ['ClockRuns', 'LeadsDue', 'HandoffsDue', 'NurturesDue', 'ClockFirstSweep', 'ClockMessagesFailed'],
    countsBy: {},
    times: ['ClockLagSeconds'],
  },
  ...api,
  'count-funnel': {
    counts: ['FunnelMovesCounted', 'FunnelMovesAlreadyCounted', 'FunnelCountConflicts'],
    countsBy: {},
    times: [],
  },
  'recount-funnel': {
    counts: [
      'FunnelRecounts',
      'FunnelLeadsRecounted',
      'FunnelLeadsAdopted',
      'FunnelLeadsRepaired',
      'FunnelDifference',
    ],
    countsBy: {},
    times: [],
  },
  'anchor-heads': { counts: ['AnchorsWritten', 'LeadsAnchored'], countsBy: {}, times: [] },
  'send-canary': { counts: ['CanariesSent'], countsBy: {}, times: [] },
  'time-canary': { counts: ['CanariesReturned', 'CanariesLate'], countsBy: {}, times: ['CanaryRoundTrip'] },
} as const satisfies Record<string, ServiceMetrics>;

type Catalogue = typeof metricCatalogue;
export type Service = keyof Catalogue;
export type CountName = Catalogue[Service]['counts'][number];
export type TimeName = Catalogue[Service]['times'][number];
export type CountByName = { [S in Service]: keyof Catalogue[S]['countsBy'] }[Service];
