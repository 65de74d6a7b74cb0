import { type DynamoDBClient, paginateQuery, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { ActionEvent } from '../../events/index.ts';
import { type Item, type ItemUpdate, isNew, N, S, selectAttributes } from '../dynamodb/index.ts';
import { handoffKey, handoffPointerKey, leadKey, leadSortKeyPrefixes } from '../keys/index.ts';
import type { HandoffRequest, HandoffVerdict } from './follow-ups.ts';
import { causeFields, positionFields } from './position.ts';

/**
 * Moves the pointer to an announcement. The condition fails if a later one has been followed, or if the lead is erased.
 */
export const pointerUpdate = (table: string, event: ActionEvent): ItemUpdate => ({
  table,
  key: handoffPointerKey(event.data.leadId),
  set: positionFields(event),
  condition: '(attribute_not_exists(#position) OR #position <= :position) AND attribute_not_exists(#status)',
});

/**
 * Marks the pointer of an erased lead, so that everything later finds the mark. An erasure is never too late; of two,
 * the later one counts.
 */
export const erasureMark = (table: string, event: ActionEvent): ItemUpdate => ({
  table,
  key: handoffPointerKey(event.data.leadId),
  set: { ...positionFields(event), status: S('erased') },
  condition: 'attribute_not_exists(#status) OR #position < :position',
});

/** Returns a check that fails if the lead is erased. */
export const notErased = (table: string, leadId: string): TransactWriteItem => {
  const { pk, sk } = handoffPointerKey(leadId);
  return {
    ConditionCheck: {
      TableName: table,
      Key: { pk: S(pk), sk: S(sk) },
      ConditionExpression: 'attribute_not_exists(#status)',
      ExpressionAttributeNames: { '#status': 'status' },
    },
  };
};

const buildStanding = ({ data }: ActionEvent): Item =>
  'tier' in data ? { stage: S(data.stage), tier: S(data.tier), score: N(data.score) } : {};

/** Stores a hand-off that wasn't requested or answered before. */
export const requestUpdate = (
  table: string,
  event: ActionEvent,
  { handoffId, queue, dueAt }: HandoffRequest,
): ItemUpdate => ({
  table,
  key: handoffKey(event.data.leadId, handoffId),
  set: {
    ...causeFields(event),
    status: S('open'),
    queue: S(queue),
    dueAt: S(dueAt),
    ...buildStanding(event),
  },
  condition: isNew,
});

/** Withdraws a hand-off that nobody has answered: the policy no longer asks for it. */
export const withdrawalUpdate = (table: string, event: ActionEvent, sk: string): ItemUpdate => ({
  table,
  key: { pk: leadKey(event.data.leadId), sk },
  set: { status: S('withdrawn'), withdrawnAt: S(event.metadata.occurredAt) },
  values: { open: S('open') },
  condition: '#status = :open',
});

/**
 * Notes a verdict, unless a later one is noted. Of two verdicts of one instant the acceptance counts, as for the lead
 * itself.
 */
export const verdictUpdate = (table: string, verdict: HandoffVerdict): ItemUpdate => ({
  table,
  key: handoffKey(verdict.leadId, verdict.handoffId),
  set: {
    status: S(verdict.status),
    answeredAt: S(verdict.answeredAt),
    actor: S(verdict.actor),
    ...(verdict.reason !== undefined && { reason: S(verdict.reason) }),
  },
  ...(verdict.reason === undefined && { remove: ['reason'] }),
  condition:
    'attribute_not_exists(#answeredAt) OR #answeredAt < :answeredAt OR (#answeredAt = :answeredAt AND #status > :status)',
});

/** The attributes of a hand-off that are personal: about the lead, or about the person who answered. */
const personal = ['actor', 'reason', 'stage', 'tier', 'score', 'correlationId'];

export const scrubUpdate = (table: string, event: ActionEvent, sk: string): ItemUpdate => ({
  table,
  key: { pk: leadKey(event.data.leadId), sk },
  set: { status: S('erased'), erasedAt: S(event.metadata.occurredAt) },
  remove: personal,
  condition: 'attribute_exists(pk) AND #status <> :status',
});

/** Yields the sort key, the status and the position of every hand-off of a lead, read consistently. */
export async function* readHandoffs(
  client: DynamoDBClient,
  table: string,
  leadId: string,
): AsyncIterable<Item> {
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :handoff)',
      ExpressionAttributeValues: { ':pk': S(leadKey(leadId)), ':handoff': S(leadSortKeyPrefixes.handoff) },
      ...selectAttributes(['sk', 'status', 'position']),
    },
  );
  for await (const { Items = [] } of pages) yield* Items;
}
