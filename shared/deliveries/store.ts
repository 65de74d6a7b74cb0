import type { OutboundType } from '../../events/index.ts';
import type { Attempt, Delivery, DeliveryState, SubscriptionState, WaitingDelivery } from './delivery.ts';
import type { PlannedDelivery } from './delivery-items.ts';

/** The key of a delivery, as the index by time has it. */
export interface DeliveryRef {
  readonly sk: string;
  readonly leadId: string;
  readonly time: string;
}

/** A worker that has a subscription to itself until an instant, in milliseconds since 1970. */
export interface Lease {
  readonly subscription: string;
  readonly owner: string;
  readonly until: number;
}

/** The end of a delivery. */
interface DeliveryEnd {
  readonly state: Exclude<DeliveryState, 'waiting'>;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly attempt?: Attempt;
  readonly reason?: string;
}

/** A failed attempt, after which a delivery is tried again. */
interface DeliveryRetry {
  readonly attempt: Attempt;
  readonly tries: number;
  /** The instant of the next attempt, in milliseconds since 1970. */
  readonly at: number;
}

export interface RefRange {
  readonly state: DeliveryState;
  /** Only those at or before an instant in ISO 8601. */
  readonly until?: string;
  /** Only those at or after an instant in ISO 8601. */
  readonly since?: string;
  /** @default the oldest first */
  readonly newestFirst?: true;
}

/** Stores deliveries, and how the subscriptions stand. */
export interface Deliveries {
  /**
   * Stores a delivery unless it is stored already. Of a lead that was erased, its content is removed again.
   *
   * @returns whether it is new, and waits
   */
  readonly plan: (delivery: PlannedDelivery) => Promise<boolean>;
  readonly readState: (subscription: string) => Promise<SubscriptionState>;
  /**
   * Takes a subscription for one worker. If another one has it, there is a note for that one that there may be more to do.
   *
   * @returns how it stands; undefined if another worker has it
   */
  readonly takeLease: (lease: Lease, now: number) => Promise<SubscriptionState | undefined>;
  /**
   * Stores how a subscription stands, and keeps it for the worker for longer. A pause that a person has asked for in the
   * meantime stays.
   *
   * @returns how it stands now; undefined if the worker has lost it
   */
  readonly saveState: (lease: Lease, state: SubscriptionState) => Promise<SubscriptionState | undefined>;
  /** Ends a lease. Returns false if there may be more to do, and then the worker still has it. */
  readonly release: (lease: Lease) => Promise<boolean>;
  /** Yields pages of deliveries in a state, by the index by time, which may lag behind. */
  readonly listRefs: (subscription: string, range: RefRange) => AsyncIterable<readonly DeliveryRef[]>;
  /** Reads a lead's first deliveries that wait, in the order in which they are sent. */
  readonly readWaiting: (subscription: string, leadId: string) => Promise<readonly WaitingDelivery[]>;
  /** Reads all deliveries of a lead, in the order in which they are sent. */
  readonly readLead: (subscription: string, leadId: string) => Promise<readonly Delivery[]>;
  readonly read: (subscription: string, sk: string) => Promise<Delivery | undefined>;
  /**
   * Notes that a delivery is about to be sent. Returns false if a later one of its strand was sent before, or the lead was
   * erased, so that this one must not be sent any more.
   */
  readonly noteSending: (
    delivery: Pick<Delivery, 'subscription' | 'leadId' | 'version' | 'ordinal'> & {
      readonly type: OutboundType;
    },
  ) => Promise<boolean>;
  /** Ends a delivery that waits. Returns false if it has ended already. */
  readonly end: (delivery: Delivery, end: DeliveryEnd) => Promise<boolean>;
  readonly retry: (delivery: Delivery, retry: DeliveryRetry) => Promise<boolean>;
  /** Moves a delivery that waits to another instant, in milliseconds since 1970. */
  readonly postpone: (delivery: Delivery, at: number) => Promise<boolean>;
  /**
   * Erases the content of the deliveries of a lead, and of the leads that were merged into it, and ends those that wait.
   * What says that a lead is erased or was merged stays. What is planned later of these leads has no content either.
   *
   * @returns the number of deliveries
   */
  readonly eraseLead: (subscription: string, leadId: string, now: number) => Promise<number>;
  /**
   * Notes that a lead was merged into another one, so that its deliveries are erased with those of the other.
   *
   * @returns the number of deliveries that are erased now, since the other one is
   */
  readonly noteMerge: (
    subscription: string,
    merge: { readonly leadId: string; readonly mergedInto: string },
    now: number,
  ) => Promise<number>;
  /** Pauses a subscription, by hand. Returns false if it is paused already. */
  readonly pause: (subscription: string, now: number) => Promise<boolean>;
  /** Ends a pause, and closes the circuit. Returns false if it isn't paused. */
  readonly resume: (subscription: string) => Promise<boolean>;
  /** Forgets what was sent of a lead, also what its target has noted, so that deliveries can be sent again. */
  readonly forgetSent: (subscription: string, leadId: string) => Promise<void>;
  /** Starts the attempts of a delivery that waits anew, the first one at once. */
  readonly renew: (delivery: Delivery, now: number) => Promise<boolean>;
  /** Makes a delivery wait, whatever its state. Returns false if its content was erased. */
  readonly replay: (delivery: Delivery, now: number) => Promise<boolean>;
}
