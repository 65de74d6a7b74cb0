import type { Key } from './leads.ts';

const subscriptionPrefix = 'SUBSCRIPTION#';

/** The sort key of the item that says how a subscription stands. */
export const subscriptionStateSortKey = 'STATE';

/** Returns the partition of all that is stored of a subscription. */
export const subscriptionPartition = (subscription: string): string => `${subscriptionPrefix}${subscription}`;

/** Returns the key of the item that says whether a subscription's target works, and who delivers to it now. */
export const subscriptionStateKey = (subscription: string): Key => ({
  pk: subscriptionPartition(subscription),
  sk: subscriptionStateSortKey,
});

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** The position of an announcement in its lead's history. */
interface DeliveryPosition {
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
}

const deliveryPrefix = 'DELIVERY#';

/** Returns the beginning of the sort keys of a lead's deliveries. No lead id contains a tilde. */
export const leadDeliveriesPrefix = (leadId: string): string => `${deliveryPrefix}${leadId}~`;

/** Returns the lead in the sort key of a delivery. */
export const parseDeliveryLead = (sk: string): string => sk.slice(deliveryPrefix.length, sk.indexOf('~'));

/** Returns the key of a delivery. The deliveries of a lead sort in the order of its history. */
export const deliveryKey = (
  subscription: string,
  { leadId, version, ordinal }: DeliveryPosition,
  eventId: string,
): Key => ({
  pk: subscriptionPartition(subscription),
  sk: `${leadDeliveriesPrefix(leadId)}${padded(version, 10)}#${padded(ordinal, 6)}#${eventId}`,
});

/** Returns whether a partition key is that of a subscription. */
export const isSubscriptionKey = (pk: string): boolean => pk.startsWith(subscriptionPrefix);

/** Returns the subscription in a partition key that `subscriptionPartition` has made. */
export const parseSubscriptionPartition = (pk: string): string => pk.slice(subscriptionPrefix.length);

/** Returns the key of the item with the positions that were last sent of a lead. */
export const deliveredKey = (subscription: string, leadId: string): Key => ({
  pk: subscriptionPartition(subscription),
  sk: `LAST#${leadId}`,
});

/** Returns the beginning of the sort keys that name the leads that were merged into a lead. */
export const mergedLeadsPrefix = (leadId: string): string => `MERGED#${leadId}~`;

/** Returns the key of the item that says that a lead was merged into another one. */
export const mergedLeadKey = (subscription: string, leadId: string, merged: string): Key => ({
  pk: subscriptionPartition(subscription),
  sk: `${mergedLeadsPrefix(leadId)}${merged}`,
});

/** Returns the beginning of the sort keys of what a target has noted of a lead. Notes about no lead have an empty one. */
export const targetNotesPrefix = (leadId = ''): string => `NOTE#${leadId}~`;

/** Returns the key of a note of a subscription's target. */
export const targetNoteKey = (
  subscription: string,
  { leadId, about }: { readonly leadId?: string; readonly about: string },
): Key => ({ pk: subscriptionPartition(subscription), sk: `${targetNotesPrefix(leadId)}${about}` });

/**
 * The index by time. It contains what is waiting, by the instant at which it is tried next, and what has ended, by the
 * instant of its end. The partition names the subscription and the state of the delivery.
 */
export const deliveryTimeIndex = { name: 'by-time', partitionKey: 'timeKey', sortKey: 'time' } as const;

/** Returns the partition of the index by time with a subscription's deliveries in a state. */
export const buildDeliveryTimeKey = (subscription: string, state: string): string =>
  `${subscription}#${state}`;
