import { dayMs, deliverableTypes, type PauseReason, pauseReasons } from '../../events/index.ts';
import { type Item, json, N, number, packed, readOneOf, S, text, unpacked } from '../dynamodb/index.ts';
import {
  buildDeliveryTimeKey,
  deliveryKey,
  deliveryTimeIndex,
  expiryAttribute,
  parseSubscriptionPartition,
} from '../keys/index.ts';
import { type Attempt, type Delivery, deliveryStates, type SubscriptionState } from './delivery.ts';

/** Deliveries that have ended are deleted after so long, and those that wait for longer end. */
export const keepEndedMs = 30 * dayMs;

/** A delivery that waits is deleted after so long: its subscription's document is gone, or it would have ended before. */
const keepWaitingMs = 60 * dayMs;

/** The most attempts that are stored of a delivery, the last ones. */
const mostAttempts = 20;

const formatInstant = (at: number): string => new Date(at).toISOString();

/** Returns the attributes by which a delivery stands in the index by time, and is deleted in the end. */
export const stateAttributes = (
  { subscription, plannedAt }: Pick<Delivery, 'subscription' | 'plannedAt'>,
  state: Delivery['state'],
  at: number,
): Item => ({
  state: S(state),
  [deliveryTimeIndex.partitionKey]: S(buildDeliveryTimeKey(subscription, state)),
  [deliveryTimeIndex.sortKey]: S(formatInstant(at)),
  [expiryAttribute]: N(
    Math.floor((state === 'waiting' ? Date.parse(plannedAt) + keepWaitingMs : at + keepEndedMs) / 1_000),
  ),
});

/** Returns the log of attempts with one more. Only the last ones are stored. */
export const appendAttempt = (attempts: readonly Attempt[], attempt: Attempt): Item[string] =>
  S(JSON.stringify([...attempts, attempt].slice(-mostAttempts)));

/** A delivery that is planned. */
export type PlannedDelivery = Omit<Delivery, 'state' | 'time' | 'tries' | 'attempts' | 'reason'>;

/** Returns a delivery as it is stored when it is planned: it waits, and is due at once. */
export const plannedItem = (planned: PlannedDelivery): Item => {
  const { subscription, eventId, type, occurredAt, leadId, version, ordinal, data, plannedAt } = planned;
  const { pk, sk } = deliveryKey(subscription, planned, eventId);
  return packed(
    {
      pk: S(pk),
      sk: S(sk),
      eventId: S(eventId),
      type: S(type),
      occurredAt: S(occurredAt),
      leadId: S(leadId),
      version: N(version),
      ordinal: N(ordinal),
      plannedAt: S(plannedAt),
      tries: N(0),
      data: S(JSON.stringify(data)),
      ...stateAttributes(planned, 'waiting', Date.parse(plannedAt)),
    },
    'data',
  );
};

/** Parses a stored delivery. One whose content was erased has no data. @throws UnreadableItemError */
export const parseDelivery = (item: Item): Delivery => ({
  subscription: parseSubscriptionPartition(text(item, 'pk')),
  eventId: text(item, 'eventId'),
  type: readOneOf(item, 'type', deliverableTypes),
  occurredAt: text(item, 'occurredAt'),
  leadId: text(item, 'leadId'),
  version: number(item, 'version'),
  ordinal: number(item, 'ordinal'),
  data: item.data === undefined ? {} : unpacked(item, 'data'),
  state: readOneOf(item, 'state', deliveryStates),
  time: text(item, 'time'),
  plannedAt: text(item, 'plannedAt'),
  tries: number(item, 'tries'),
  attempts: item.attempts === undefined ? [] : json(item, 'attempts'),
  ...(item.reason !== undefined && { reason: text(item, 'reason') }),
  ...(item.data === undefined && { erased: true }),
});

const parsePause = (item: Item): { reason: PauseReason; at: string } | undefined =>
  item.paused === undefined
    ? undefined
    : { reason: readOneOf(item, 'paused', pauseReasons), at: text(item, 'pausedAt') };

/** Parses how a subscription stands. A subscription to which nothing was sent has no item. */
export const parseSubscriptionState = (item: Item | undefined): SubscriptionState => {
  if (item === undefined) return { failures: 0, openings: 0 };
  const paused = parsePause(item);
  const { failingSince, failingLead, openUntil, lastDeliveredAt, lastFailureAt } = item;
  return {
    failures: Number(item.failures?.N ?? 0),
    openings: Number(item.openings?.N ?? 0),
    ...(failingSince?.S !== undefined && { failingSince: failingSince.S }),
    ...(failingLead?.S !== undefined && { failingLead: failingLead.S }),
    ...(openUntil?.S !== undefined && { openUntil: openUntil.S }),
    ...(paused !== undefined && { paused }),
    ...(lastDeliveredAt?.S !== undefined && { lastDeliveredAt: lastDeliveredAt.S }),
    ...(lastFailureAt?.S !== undefined && {
      lastFailure: { at: lastFailureAt.S, reason: item.lastFailureReason?.S ?? '' },
    }),
  };
};
