export type Data = Record<string, unknown>;

export interface SampleEntry {
  readonly source: string;
  readonly 'detail-type': string;
  readonly time: string;
  readonly detail: {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly data: Readonly<Record<string, unknown>>;
  };
}

/** An entry with the instant at which the stream brings it, in milliseconds since 1970. */
export interface Arrival {
  readonly at: number;
  readonly entry: SampleEntry;
}
