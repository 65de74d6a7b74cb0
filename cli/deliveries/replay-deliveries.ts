import { randomUUID } from 'node:crypto';
import {
  compareDeliveries,
  type Deliveries,
  type Delivery,
  deliveryStates,
  type Lease,
} from '../../shared/deliveries/index.ts';
import { CliError } from '../errors.ts';

/** The time for which the subscription is kept from workers, renewed with each lead, in milliseconds. */
const leaseMs = 120_000;

export interface ReplayProps {
  readonly deliveries: Deliveries;
  readonly subscription: string;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** A lead of which deliveries are sent again, from the first one on. */
interface ReplayedLead {
  readonly leadId: string;
  readonly again: readonly Delivery[];
}

/** Returns the leads of which a delivery ended at an instant or later. */
const findLeads = async ({ deliveries, subscription }: ReplayProps, since: string): Promise<string[]> => {
  const leads = new Set<string>();
  for (const state of deliveryStates.filter((each) => each !== 'waiting'))
    for await (const refs of deliveries.listRefs(subscription, { state, since }))
      for (const { leadId } of refs) leads.add(leadId);
  return [...leads];
};

const from = (all: readonly Delivery[], first: Delivery | undefined): Delivery[] =>
  first === undefined
    ? []
    : all.filter((delivery) => !delivery.erased && compareDeliveries(delivery, first) >= 0);

/**
 * Finds what is sent again: of each lead all from the first one that ended since an instant, also what came after it and
 * ended earlier. A target that got only some of them again would end with an older state than it has.
 */
export const findSince = async (props: ReplayProps, since: string): Promise<ReplayedLead[]> => {
  const leads = await findLeads(props, since);
  const found = await Promise.all(
    leads.map(async (leadId) => {
      const all = await props.deliveries.readLead(props.subscription, leadId);
      const first = all.find(({ state, time, erased }) => state !== 'waiting' && time >= since && !erased);
      return { leadId, again: from(all, first) };
    }),
  );
  return found.filter(({ again }) => again.length > 0);
};

/** Finds what is sent again: one delivery, and all later ones of its lead. */
export const findFrom = async (
  { deliveries, subscription }: ReplayProps,
  delivery: Delivery,
): Promise<ReplayedLead[]> => {
  const all = await deliveries.readLead(subscription, delivery.leadId);
  return [{ leadId: delivery.leadId, again: from(all, delivery) }];
};

const takeLease = async (
  { deliveries, subscription, now, wait }: ReplayProps,
  owner: string,
): Promise<Lease> => {
  for (let attempt = 0; attempt < 30; attempt++) {
    const lease = { subscription, owner, until: now() + leaseMs };
    if ((await deliveries.takeLease(lease, now())) !== undefined) return lease;
    await wait(1_000);
  }
  throw new CliError(
    'SENDING',
    `${subscription} is being sent to; pause it with \`sluice deliveries pause ${subscription}\`, or try again in two minutes`,
  );
};

/**
 * Makes deliveries wait again, the last of a lead first: if this ends half way, what is sent again still ends with the
 * newest. No worker sends meanwhile.
 *
 * @returns the number of deliveries
 */
export const replayDeliveries = async (
  props: ReplayProps,
  leads: readonly ReplayedLead[],
): Promise<number> => {
  const { deliveries, subscription, now } = props;
  const lease = await takeLease(props, randomUUID());
  let replayed = 0;
  try {
    for (const { leadId, again } of leads) {
      const standing = await deliveries.readState(subscription);
      await deliveries.saveState({ ...lease, until: now() + leaseMs }, standing);
      await deliveries.forgetSent(subscription, leadId);
      for (const delivery of again.toReversed()) if (await deliveries.replay(delivery, now())) replayed += 1;
    }
  } finally {
    if (!(await deliveries.release(lease))) await deliveries.release(lease);
  }
  return replayed;
};
