import type { DeliverableEvent, OutboundType } from '../../events/index.ts';
import type { Subscription, SubscriptionFilter } from './subscription.ts';

type Data = DeliverableEvent['data'];

/** The announcements that end what a target knows of a lead. They pass every filter. */
const closings: readonly string[] = ['LeadErased', 'LeadRedirected'];

/** Returns whether announcements of a type tell a target to let go of a lead. They say nothing of it but its id. */
export const isClosing = (type: OutboundType): boolean => closings.includes(type);

/** The word for the cause of a change that an event of the moment has caused. */
export const eventCause = 'event';

const textsOf = (...values: readonly unknown[]): string[] =>
  values.filter((value): value is string => typeof value === 'string');

/** Returns the tiers that an announcement names: of a change, the one that the lead leaves too. */
const listTiers = ({ type, data }: DeliverableEvent): string[] =>
  textsOf(data.tier, ...(type === 'LeadTierChanged' ? [data.from] : []));

const listStages = ({ type, data }: DeliverableEvent): string[] =>
  textsOf(data.stage, ...(type === 'LeadStageTransitioned' ? [data.from] : []));

const listQueues = ({ data }: DeliverableEvent): string[] =>
  textsOf(data.queue, data.nextQueue, (data.action as { queue?: unknown } | undefined)?.queue);

const hasStanding = ({ modelVersion }: Data): boolean => modelVersion !== undefined;

const listCauses = ({ data }: DeliverableEvent): string[] => {
  const named = textsOf(data.cause, data.trigger);
  return named.length === 0 && hasStanding(data) ? [eventCause] : named;
};

const readers: Readonly<Record<keyof SubscriptionFilter, (event: DeliverableEvent) => readonly string[]>> = {
  tiers: listTiers,
  stages: listStages,
  statuses: ({ data }) => textsOf(data.status),
  queues: listQueues,
  causes: listCauses,
};

const passes = (filter: SubscriptionFilter, event: DeliverableEvent): boolean =>
  Object.entries(filter).every(([name, wanted]: [string, readonly string[]]) => {
    const found = readers[name as keyof SubscriptionFilter](event);
    return found.length === 0 || found.some((word) => wanted.includes(word));
  });

/**
 * Returns whether a subscription wants an announcement. A filter by a field that the announcement doesn't have lets it
 * through, and one by tier or stage also the announcement that a lead leaves one of them, so that the target learns it.
 * The end of a lead passes all filters, because the target has to erase what it knows.
 */
export const wantsAnnouncement = (
  { events, filter = {} }: Pick<Subscription, 'events' | 'filter'>,
  event: DeliverableEvent,
): boolean => events.includes(event.type) && (isClosing(event.type) || passes(filter, event));

/** The fields that each delivery has, whatever fields its subscription names: a receiver needs them to keep the order. */
const always: readonly string[] = ['leadId', 'version', 'ordinal'];

/** The fields that may be personal: who moved a lead, the reason in that person's words, and who has to answer now. */
const personal: readonly string[] = ['actor', 'reason', 'escalatedTo'];

/**
 * Returns the data that is sent. What may be personal goes only if the subscription names it. Attributes are left out:
 * they are read when it is sent, and only those that the subscription names.
 */
export const selectFields = (
  { fields }: Pick<Subscription, 'fields'>,
  { data }: DeliverableEvent,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([name, value]) =>
        name !== 'attributes' &&
        value !== undefined &&
        (fields === undefined ? !personal.includes(name) : always.includes(name) || fields.includes(name)),
    ),
  );
