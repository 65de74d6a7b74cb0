import type { OutboundType, Stage, Status, Tier } from '../../events/index.ts';
import type { TargetOptions } from './target-options.ts';

/** The announcements that a subscription wants. One that has no such field at all passes a filter by it. */
export interface SubscriptionFilter {
  readonly tiers?: readonly Tier[];
  readonly stages?: readonly Stage[];
  readonly statuses?: readonly Status[];
  readonly queues?: readonly string[];
  /** The words of `cause` or `trigger`. */
  readonly causes?: readonly string[];
}

/** A parsed subscription document. */
export interface Subscription {
  readonly name: string;
  readonly description?: string;
  readonly owner: string;
  readonly events: readonly OutboundType[];
  readonly filter?: SubscriptionFilter;
  /** The attributes of the lead that are sent along. */
  readonly attributes: readonly string[];
  /** The fields of the announcement's data that are sent; all of them if left out, but those that may be personal. */
  readonly fields?: readonly string[];
  readonly target: TargetOptions;
  /** The name of the target's secrets. */
  readonly secret: string;
  readonly pauseAfter: { readonly failures: number; readonly hours: number };
}
