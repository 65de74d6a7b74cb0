import type { FactValue } from '../../events/index.ts';
import type { Deliveries, Subscription, Target } from '../../shared/deliveries/index.ts';

/** Reads attributes of leads, as they are known now, by lead. Leads that were erased or merged have none. */
export type ReadAttributes = (
  leadIds: readonly string[],
  names: readonly string[],
) => Promise<ReadonlyMap<string, Readonly<Record<string, FactValue>>>>;

/** The bounds of an invocation, and of the runs in it: one of each subscription. */
interface RunBounds {
  /** The longest that an invocation takes new deliveries up, in milliseconds. */
  readonly runMs: number;
  /** The longest that an attempt may take, in milliseconds. */
  readonly attemptMs: number;
  /** The most deliveries of a run. */
  readonly deliveries: number;
}

export interface SendDeps {
  readonly deliveries: Deliveries;
  readonly readAttributes: ReadAttributes;
  readonly createTarget: (subscription: Subscription) => Target;
  readonly bounds: RunBounds;
  /** Returns an id that no other worker has. */
  readonly newOwner: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}
