import { inboundContracts, outboundContracts, rejectionCodes, tiers } from '../../events/index.ts';

/** The metrics of a function, in the namespace of its stack, with its service as a dimension. */
export interface ServiceMetrics {
  readonly counts: readonly string[];
  /** Counts with one more dimension of few values. Each value is a metric of its own, and billed as one. */
  readonly countsBy: Readonly<
    Record<string, { readonly dimension: string; readonly values: readonly string[] }>
  >;
  /**
   * Counts with one more dimension whose values are names of documents of a deployment, such as its sources: unknown
   * here, but few. Each count with the dimension.
   */
  readonly countsByName?: Readonly<Record<string, string>>;
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
const api = {
  'answer-queries': requests,
  'take-requests': requests,
  'manage-quarantine': requests,
  'manage-models': requests,
} as const;

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
  'keep-identities': {
    counts: ['IdentifiersErased', 'PairsErased', 'IdentityErasuresRefused'],
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
  'rescore-leads': {
    counts: ['RescoringRequested', 'RescoringSegmentsDone', 'RescoringsDone', 'RescoringLeadsLeft'],
    countsBy: {},
    times: ['RescoringIdleSeconds'],
  },
  'check-drift': {
    counts: ['DriftChecks', 'DriftLeadsCompared', 'DriftOutcomesCompared', 'DriftFindings'],
    countsBy: {},
    times: [],
  },
  'plan-deliveries': { counts: ['DeliveriesPlanned', 'DeliveriesErased'], countsBy: {}, times: [] },
  'send-deliveries': {
    counts: [
      'DeliveriesSent',
      'DeliveriesFailed',
      'ErasuresUndelivered',
      'DeliveriesSuperseded',
      'DeliveriesPaused',
      'AttemptsFailed',
    ],
    countsBy: {},
    times: ['DeliveryLagSeconds'],
  },
  'receive-webhooks': {
    counts: ['WebhooksRefused', 'WebhooksFailed', 'PayloadsTaken', 'PayloadsUnmapped', 'PayloadsUnknown'],
    countsBy: {},
    countsByName: { WebhooksReceived: 'source' },
    times: [],
  },
  'take-partner-events': {
    counts: [
      'PartnerEventsReceived',
      'PartnerEventsUnknown',
      'PayloadsTaken',
      'PayloadsUnmapped',
      'PayloadsUnknown',
      'ChangesMissing',
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
/** The counts of a service by names of documents. */
export type CountOfNames<S extends Service> = Catalogue[S] extends { readonly countsByName: infer Counts }
  ? keyof Counts & string
  : never;
export type CountByName = { [S in Service]: keyof Catalogue[S]['countsBy'] | CountOfNames<S> }[Service];
