import {
  changesAttribute,
  dueIndex,
  expiryAttribute,
  silentChangesAttribute,
} from '../../shared/keys/index.ts';

// The attributes that functions may touch, beside the keys. The policies are limited to them; the test of least
// privilege fails if a call touches another one, or if no call touches one that is listed.

/** The attributes of what was counted of a lead in the funnel. */
const counted = ['countedPosition', 'cell'];
const cause = ['position', 'occurredAt', 'correlationId', 'causationId'];
const standing = ['handoffStage', 'handoffTier', 'handoffScore'];
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
    readModel: ['document'],
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
  eraseLead: {
    read: quarantineRedaction,
    update: [...new Set([...quarantineHead, ...quarantinedPart, ...quarantineStep])],
  },
} as const;
