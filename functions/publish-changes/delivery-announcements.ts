import { type BusEvent, type OutboundType, pauseReasons } from '../../events/index.ts';
import { type Item, number, readOneOf, text } from '../../shared/dynamodb/index.ts';
import { parseSubscriptionPartition, subscriptionStateSortKey } from '../../shared/keys/index.ts';
import { announce } from './announce.ts';

/**
 * Returns the announcement of a write to the table of deliveries: that a subscription is paused. Other writes to its
 * state, also while it is paused, announce nothing.
 */
export const deliveryAnnouncements = (item: Item, before: Item | undefined): BusEvent<OutboundType>[] => {
  const pausedAt = item.pausedAt?.S;
  const isPausedNow = pausedAt !== undefined && pausedAt !== before?.pausedAt?.S;
  if (item.sk?.S !== subscriptionStateSortKey || !isPausedNow) return [];
  const subscription = parseSubscriptionPartition(text(item, 'pk'));
  return [
    announce(
      {
        type: 'DeliveriesPaused',
        subscription,
        reason: readOneOf(item, 'paused', pauseReasons),
        pausedAt,
        failures: number(item, 'pauseFailures'),
      },
      { parts: [text(item, 'pk'), pausedAt], occurredAt: pausedAt },
    ),
  ];
};
