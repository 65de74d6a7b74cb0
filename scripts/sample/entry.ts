import type { BusEvent } from '../../events/index.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export type Data = Record<string, unknown>;

export type SampleEvent = BusEvent<string, Readonly<Data>>;

/** An event and the instant at which the stream brings it, in milliseconds since 1970. */
export interface Arrival {
  readonly at: number;
  readonly entry: SampleEvent;
}
