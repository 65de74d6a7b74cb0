import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { type DeliverableEvent, parseDeliverable } from '../../events/index.ts';
import {
  type Deliveries,
  type PlannedDelivery,
  type Poke,
  type Subscription,
  selectFields,
  wantsAnnouncement,
} from '../../shared/deliveries/index.ts';
import { count, eachRecord, errorFields, logger } from '../../shared/lambda/index.ts';

export interface PlanDeliveriesDeps {
  readonly subscriptions: readonly Subscription[];
  readonly deliveries: Pick<Deliveries, 'plan' | 'eraseLead' | 'noteMerge'>;
  readonly poke: Poke;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const buildDelivery = (
  subscription: Subscription,
  event: DeliverableEvent,
  now: number,
): PlannedDelivery => ({
  subscription: subscription.name,
  eventId: event.metadata.eventId,
  type: event.type,
  occurredAt: event.metadata.occurredAt,
  leadId: event.data.leadId,
  version: event.data.version,
  ordinal: event.data.ordinal,
  data: selectFields(subscription, event),
  plannedAt: new Date(now).toISOString(),
});

/** Erases what is stored for any subscription, also for those that don't want to know that the lead is erased. */
const eraseAll = async ({ subscriptions, deliveries, now }: PlanDeliveriesDeps, leadId: string) => {
  for (const { name } of subscriptions)
    count('DeliveriesErased', await deliveries.eraseLead(name, leadId, now()));
};

/** Notes for all subscriptions that a lead was merged: its erasure is announced by the id of the other one alone. */
const noteMerge = async (
  { subscriptions, deliveries, now }: PlanDeliveriesDeps,
  { leadId, mergedInto }: DeliverableEvent['data'],
) => {
  if (typeof mergedInto !== 'string') return;
  for (const { name } of subscriptions)
    count('DeliveriesErased', await deliveries.noteMerge(name, { leadId, mergedInto }, now()));
};

/** Plans a delivery for each subscription that wants the announcement. Returns those for which it is new. */
const plan = async (deps: PlanDeliveriesDeps, event: DeliverableEvent): Promise<string[]> => {
  const { subscriptions, deliveries, now } = deps;
  if (event.type === 'LeadErased') await eraseAll(deps, event.data.leadId);
  if (event.type === 'LeadRedirected') await noteMerge(deps, event.data);
  const planned: string[] = [];
  for (const subscription of subscriptions.filter((each) => wantsAnnouncement(each, event))) {
    const isPlanned = await deliveries.plan(buildDelivery(subscription, event, now()));
    if (isPlanned) planned.push(subscription.name);
  }
  return planned;
};

/** Says that there is something to send. If it can't be said, the deliveries are found within a minute. */
const pokeAll = async (poke: Poke, names: ReadonlySet<string>): Promise<void> => {
  for (const subscription of names) {
    try {
      await poke(subscription);
    } catch (error) {
      logger.warn('a subscription was not poked', { subscription, ...errorFields(error) });
    }
  }
};

/**
 * Plans the deliveries of announcements, which arrive more than once and in any order. Each is planned once for each
 * subscription that wants it.
 */
export const planDeliveries =
  (deps: PlanDeliveriesDeps) =>
  async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const poked = new Set<string>();
    let planned = 0;
    const response = await eachRecord(event, async ({ body }) => {
      for (const name of await plan(deps, parseDeliverable(JSON.parse(body)))) {
        poked.add(name);
        planned += 1;
      }
    });
    count('DeliveriesPlanned', planned);
    await pokeAll(deps.poke, poked);
    return response;
  };
