import type { OutboundType, PauseReason } from '../../events/index.ts';

/** The states of a delivery. All but the first are ends. */
export const deliveryStates = ['waiting', 'delivered', 'failed', 'superseded'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One try to deliver. */
export interface Attempt {
  readonly at: string;
  readonly ms: number;
  readonly result: 'delivered' | 'retry' | 'failed' | 'gone' | 'skipped';
  readonly status?: number;
  readonly reason?: string;
}

/** An announcement on its way to the target of a subscription. */
export interface Delivery {
  readonly subscription: string;
  readonly eventId: string;
  readonly type: OutboundType;
  readonly occurredAt: string;
  readonly leadId: string;
  readonly version: number;
  readonly ordinal: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: DeliveryState;
  /** The instant at which it is tried next if it is waiting, and of its end otherwise. */
  readonly time: string;
  readonly plannedAt: string;
  /** The attempts that counted: those while the circuit was open don't. */
  readonly tries: number;
  readonly attempts: readonly Attempt[];
  /** The reason of its end, if it was not delivered. */
  readonly reason?: string;
  /** True once the content was erased with its lead. */
  readonly erased?: true;
}

export type WaitingDelivery = Delivery & { readonly state: 'waiting' };

/** The standing of a subscription: the circuit of its target, and whether it is paused. */
export interface SubscriptionState {
  /** The attempts that failed since the last one that was answered as it should be. */
  readonly failures: number;
  readonly failingSince?: string;
  /** The lead of all these attempts; left out if there is none, or if they were of several leads. */
  readonly failingLead?: string;
  /** While this is in the future, nothing is sent. */
  readonly openUntil?: string;
  /** The number of times that the circuit has opened in a row; 0 if it is closed. After a pause, one delivery is tried. */
  readonly openings: number;
  readonly paused?: { readonly reason: PauseReason; readonly at: string };
  readonly lastDeliveredAt?: string;
  readonly lastFailure?: { readonly at: string; readonly reason: string };
}
