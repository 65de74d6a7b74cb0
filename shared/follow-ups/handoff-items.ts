import { type DynamoDBClient, paginateQuery, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { type Item, type ItemUpdate, isNew, S, selectAttributes, text } from '../dynamodb/index.ts';
import {
  handoffKey,
  handoffPointerKey,
  isUnnamedVerdictId,
  leadKey,
  leadSortKeys,
  parseHandoffId,
} from '../keys/index.ts';
import { briefFields } from './brief.ts';
import { firstDeadlineFields } from './deadline-items.ts';
import type { HandoffRequest, HandoffVerdict } from './follow-ups.ts';
import { buildStanding } from './handoff-standing.ts';
import { causeFields, positionField } from './position.ts';

// No attribute here has the name of one of a state or of an entry, but for the two of the index by due time. So the
// rights to change those of hand-offs, which IAM limits by name, don't extend to anything else.

/**
 * Moves the pointer to an announcement. The condition fails if a later one has been followed, or if the lead is erased.
 */
export const pointerUpdate = (table: string, event: ActionEvent): ItemUpdate => ({
  table,
  key: handoffPointerKey(event.data.leadId),
  set: positionField(event),
  condition:
    '(attribute_not_exists(#position) OR #position <= :position) AND attribute_not_exists(#handoffStatus)',
});

/** Moves the pointer to an announcement, if it is still as it was read. */
export const pointerStep = (table: string, event: ActionEvent, read: Item | undefined): ItemUpdate => {
  const was = read?.position;
  return {
    ...pointerUpdate(table, event),
    condition: `${was === undefined ? 'attribute_not_exists(#position)' : '#position = :was'} AND attribute_not_exists(#handoffStatus)`,
    ...(was !== undefined && { values: { was } }),
  };
};

/**
 * Marks the pointer of an erased lead, so that everything later finds the mark. An erasure is never too late; of two,
 * the later one counts.
 */
export const erasureMark = (table: string, event: ActionEvent): ItemUpdate => ({
  table,
  key: handoffPointerKey(event.data.leadId),
  set: { ...positionField(event), handoffStatus: S('erased') },
  remove: ['deadlineMoves'],
  condition: 'attribute_not_exists(#handoffStatus) OR #position < :position',
});

/** Returns a check that fails if the lead is erased. */
export const notErased = (table: string, leadId: string): TransactWriteItem => {
  const { pk, sk } = handoffPointerKey(leadId);
  return {
    ConditionCheck: {
      TableName: table,
      Key: { pk: S(pk), sk: S(sk) },
      ConditionExpression: 'attribute_not_exists(#handoffStatus)',
      ExpressionAttributeNames: { '#handoffStatus': 'handoffStatus' },
    },
  };
};

/** Stores a hand-off that wasn't requested or answered before. */
export const requestUpdate = (
  table: string,
  event: ActionEvent,
  request: HandoffRequest,
  now: number,
): ItemUpdate => {
  const key = handoffKey(event.data.leadId, request.handoffId);
  return {
    table,
    key,
    set: {
      ...causeFields(event),
      handoffStatus: S('open'),
      ...firstDeadlineFields(key.pk, request, now),
      ...buildStanding(event),
      ...briefFields(request),
    },
    condition: isNew,
  };
};

/** Withdraws a hand-off that nobody has answered: the policy no longer asks for it. */
export const withdrawalUpdate = (table: string, event: ActionEvent, sk: string): ItemUpdate => ({
  table,
  key: { pk: leadKey(event.data.leadId), sk },
  set: { handoffStatus: S('withdrawn'), withdrawnAt: S(event.metadata.occurredAt) },
  remove: ['dueKey'],
  values: { open: S('open') },
  condition: '#handoffStatus = :open',
});

/**
 * Notes a verdict on the hand-off that it names, unless an earlier one is noted. Of two verdicts of one instant the
 * acceptance counts, as for the lead itself. An answer that doesn't name the hand-off gives way to one that does. So does
 * an end without an answer. An ended hand-off isn't due, and leaves the index.
 */
export const verdictUpdate = (table: string, verdict: HandoffVerdict): ItemUpdate => ({
  table,
  key: handoffKey(verdict.leadId, verdict.handoffId),
  set: {
    handoffStatus: S(verdict.status),
    answeredAt: S(verdict.answeredAt),
    actor: S(verdict.actor),
    ...(verdict.reason !== undefined && { reason: S(verdict.reason) }),
  },
  remove: [
    'dueKey',
    'expiredAt',
    'verdict',
    'answeredAs',
    ...(verdict.reason === undefined ? ['reason'] : []),
  ],
  condition:
    'attribute_not_exists(#answeredAt) OR attribute_exists(#answeredAs) OR #answeredAt > :answeredAt OR (#answeredAt = :answeredAt AND #handoffStatus > :handoffStatus)',
});

/**
 * Answers a hand-off by a verdict that doesn't name it. One that names none has answered it; one that names another
 * hand-off, which Sluice didn't request, has answered it elsewhere. Fails if the hand-off has changed since it was read.
 */
export const answerUpdate = (table: string, verdict: HandoffVerdict, item: Item): ItemUpdate => ({
  table,
  key: { pk: leadKey(verdict.leadId), sk: text(item, 'sk') },
  set: {
    ...(isUnnamedVerdictId(verdict.handoffId)
      ? { handoffStatus: S(verdict.status) }
      : { handoffStatus: S('answered-elsewhere'), verdict: S(verdict.status) }),
    answeredAs: S(verdict.handoffId),
    answeredAt: S(verdict.answeredAt),
    actor: S(verdict.actor),
    ...(verdict.reason !== undefined && { reason: S(verdict.reason) }),
  },
  remove: ['dueKey', 'withdrawnAt', 'expiredAt', ...(verdict.reason === undefined ? ['reason'] : [])],
  values: { was: S(text(item, 'handoffStatus')) },
  condition: '#handoffStatus = :was',
});

/** The attributes of a hand-off that are personal: about the lead, or about the person who answered. */
const personal = [
  'actor',
  'reason',
  'verdict',
  'answeredAs',
  'handoffStage',
  'handoffTier',
  'handoffScore',
  'handoffBrief',
  'correlationId',
  'escalatedTo',
  'pausedAt',
  'leftMs',
];

export const scrubUpdate = (table: string, event: ActionEvent, sk: string): ItemUpdate => ({
  table,
  key: { pk: leadKey(event.data.leadId), sk },
  set: { handoffStatus: S('erased'), erasedAt: S(event.metadata.occurredAt) },
  remove: [...personal, 'dueKey'],
  condition: 'attribute_exists(pk) AND #handoffStatus <> :handoffStatus',
});

/** The attributes of a hand-off that decide what becomes of it. */
const read = [
  ...['handoffStatus', 'position', 'occurredAt', 'answeredAt', 'withdrawnAt', 'actor', 'reason'],
  ...['handoffModel', 'firstQueue', 'queue', 'dueHours', 'startedAt', 'dueAt', 'pausedAt', 'leftMs'],
  ...['deadline', 'missed', 'deadlineMoves', 'handoffTier'],
];

/** The items about the hand-offs of a lead. */
export interface HandoffItems {
  /** The item with the last announcement that they have followed. */
  readonly pointer: Item | undefined;
  /** The hand-offs, and the verdicts on others. */
  readonly handoffs: readonly Item[];
}

/**
 * Returns the items about the hand-offs of a lead, read consistently.
 *
 * @param attributes the attributes to read, beside the keys
 */
export const readHandoffs = async (
  client: DynamoDBClient,
  table: string,
  leadId: string,
  attributes: readonly string[] = read,
): Promise<HandoffItems> => {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :handoff)',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)), ':handoff': S(leadSortKeys.handoffPointer) },
      ...selectAttributes(['pk', 'sk', ...attributes]),
    },
  );
  const items = (await Array.fromAsync(pages)).flatMap(({ Items = [] }) => Items);
  return {
    pointer: items.find(({ sk }) => sk?.S === leadSortKeys.handoffPointer),
    handoffs: items.filter(({ sk }) => parseHandoffId(sk?.S ?? '') !== undefined),
  };
};
