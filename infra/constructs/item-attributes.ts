import {
  changesAttribute,
  driftFindingsAttribute,
  dueIndex,
  expiryAttribute,
  silentChangesAttribute,
} from '../../shared/keys/index.ts';

// The attributes that functions may touch, beside the keys. The policies are limited to them; the test of least
// privilege fails if a call touches another one, or if no call touches one that is listed.

/** The attributes of what was counted of a lead in the funnel. */
const counted = ['countedPosition', 'cell'];
const cause = ['position', 'occurredAt', 'correlationId', 'causationId'];
const standing = ['handoffStage', 'handoffTier', 'handoffScore', 'handoffBrief'];
/** The attributes of nurture. The due instant is that of the index, which states and hand-offs have as well. */
const nurture = ['track', 'trackStartedAt', 'waitingTrack', 'waitingTier', dueIndex.sortKey, 'startHistory'];
const verdict = ['answeredAt', 'actor', 'reason', 'verdict', 'answeredAs'];
const clock = ['dueAt', dueIndex.partitionKey, 'pausedAt', 'leftMs'];
const deadline = ['deadline', 'dueHours', 'startedAt', 'queue', 'firstQueue', 'handoffModel', 'missed'];
const erasedHandoff = [
  'position',
  'handoffStatus',
  'erasedAt',
  'actor',
  'reason',
  'verdict',
  'answeredAs',
  'correlationId',
  ...standing,
  ...[dueIndex.partitionKey, 'escalatedTo', 'pausedAt', 'leftMs', 'deadlineMoves'],
];

/** The attributes of a rescoring that only the registry of models and operators write. */
const rescoringKept = ['modelVersion', 'actions', 'requestedAt', 'segments', 'writeUnitsPerSecond'];
const rescoring = [
  ...rescoringKept,
  ...[
    'revision',
    'status',
    'pass',
    'passStartedAt',
    'requestedBefore',
    'fewest',
    'idlePasses',
    'doneAt',
    'left',
  ],
];
const rescoringSegment = [
  ...['revision', 'pass', 'step', 'after', 'isDone', 'leads', 'requested', 'movedAt', 'nextAt', 'carryMs'],
];

const quarantinedText = ['textId', 'bytes', 'parts'];
const quarantinedPart = ['body', 'leadId', expiryAttribute];
const quarantineStep = ['step', 'actor', 'at', 'note'];
const quarantineHead = [
  ...quarantinedText,
  'status',
  'reasons',
  'origin',
  'leadId',
  'mergedLeadId',
  'rejectedEventId',
  'rejectedSource',
  'rejectedType',
  'correlationId',
  'steps',
];

const quarantineRedaction = [expiryAttribute, 'code', 'status', 'textId', 'steps'];

/** Lists, by function, the attributes of the leads table that each action may touch. */
export const leadAttributes = {
  scoreLeads: { update: [dueIndex.partitionKey, dueIndex.sortKey, 'version'] },
  startNurture: {
    read: ['position', ...nurture, 'document'],
    update: [...cause, ...nurture, 'refusedTrack', dueIndex.partitionKey],
  },
  handOff: {
    read: [
      ...['handoffStatus', 'position', 'occurredAt', 'answeredAt', 'withdrawnAt', 'actor', 'reason'],
      ...[...deadline, 'dueAt', 'pausedAt', 'leftMs', 'deadlineMoves', 'handoffTier'],
    ],
    /** A model's document, and what a brief and a standing are made of. */
    readModelOrState: ['document', 'facts', 'tier', 'stage', 'score', 'action'],
    check: ['handoffStatus'],
    update: [
      ...[...cause, ...standing, ...verdict, ...clock, ...deadline],
      ...['handoffStatus', 'withdrawnAt', 'expiredAt', 'escalatedTo', 'deadlineMoves'],
    ],
  },
  eraseLead: {
    read: ['status', 'mergedInto'],
    update: [
      ...['commitment', 'salt', 'detail', 'standing', 'facts', changesAttribute, silentChangesAttribute],
      ...erasedHandoff,
    ],
  },
  anchorHeads: { read: ['version', 'head'] },
  countFunnel: { read: counted, update: counted },
  recountFunnel: {
    read: ['version', 'status', 'stage', 'tier', 'announced', ...counted],
    update: counted,
    progress: ['current', 'doneAt'],
  },
  rescoreLeads: {
    scan: ['model', 'actionsWait'],
    read: [...new Set([...rescoring, ...rescoringSegment])],
    update: [...new Set([...rescoring.filter((name) => !rescoringKept.includes(name)), ...rescoringSegment])],
  },
  checkDrift: {
    scan: ['facts'],
    readEntry: ['version', 'ordinal', 'standing'],
    readPointer: ['active'],
    readModel: ['document'],
    check: ['driftModel', 'leadsRead', 'tally', 'references', 'comparison', driftFindingsAttribute],
  },
  keepIdentities: { read: ['status', 'mergedInto'], readMerged: ['type', 'other'] },
  intake: { read: ['status', 'mergedInto'] },
  sendDeliveries: { read: ['facts'] },
  advanceLeads: {
    scan: [dueIndex.sortKey, 'status'],
    read: ['doneHour', 'sweptAt', 'sweptTo'],
    update: ['doneHour', 'sweptAt', 'sweptTo'],
  },
} as const;

/** Lists, by function, the attributes of the quarantine table that each action may touch. */
export const quarantineAttributes = {
  scoreLeads: {
    read: [...new Set([...quarantinedText, ...quarantineRedaction])],
    update: [
      ...new Set([...quarantineHead, ...quarantinedPart, ...quarantineStep]),
      ...['code', 'receivedAt', 'lastReceivedAt', 'times'],
    ],
  },
  /** Payloads are of no lead and have no id: nothing of them is redacted by an erasure, nor noted by a step. */
  intake: {
    read: quarantinedText,
    update: [
      ...new Set([...quarantinedText, ...quarantineRedaction, ...quarantinedPart]),
      ...['reasons', 'origin', 'rejectedSource', 'rejectedType', 'receivedAt', 'lastReceivedAt', 'times'],
    ].filter((name) => !['leadId', 'steps'].includes(name)),
  },
  eraseLead: {
    read: quarantineRedaction,
    update: [...new Set([...quarantineHead, ...quarantinedPart, ...quarantineStep])],
  },
} as const;

/** Lists, by function, the attributes of the table of deliveries that it may read: never what is sent. */
export const deliveryAttributes = {
  manageQuarantine: {
    read: [
      ...['failures', 'openings', 'failingSince', 'openUntil', 'lastDeliveredAt', 'lastFailureAt'],
      ...['lastFailureReason', 'paused', 'pausedAt'],
      ...['eventId', 'type', 'occurredAt', 'leadId', 'version', 'ordinal', 'state', 'time', 'plannedAt'],
      ...['tries', 'attempts', 'reason'],
    ],
  },
} as const;
