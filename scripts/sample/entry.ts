import type { BusEvent } from '../../events/index.ts';

export type Data = Record<string, unknown>;

export type SampleEvent = BusEvent<string, Readonly<Data>>;

/** An event and the instant at which the stream brings it, in milliseconds since 1970. */
export interface Arrival {
  readonly at: number;
  readonly entry: SampleEvent;
}
