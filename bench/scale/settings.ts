/** The times of the functions, in seconds. */
export interface Units {
  /** The CPU time of a batch; `leadCpu` is that of each lead in it, and `eventCpu` that of each event. */
  readonly batchCpu: number;
  readonly leadCpu: number;
  readonly eventCpu: number;
  /** The duration of a request to DynamoDB. It is assumed, not measured. */
  readonly request: number;
  /** The number of leads that a batch writes concurrently. */
  readonly atOnce: number;
}

export interface Load {
  /** The events a second before and after the burst. */
  readonly base: number;
  /** The factor by which the rate rises during the burst. */
  readonly burst: number;
  /** The start of the burst in seconds; `burstFor` is its duration, and `until` the end of all arrivals. */
  readonly burstFrom: number;
  readonly burstFor: number;
  readonly until: number;
  /** The share of the burst that is about one single lead. */
  readonly hotShare: number;
}

export interface Settings {
  readonly seed: number;
  readonly load: Load;
  readonly units: Units;
  /** The maximum number of concurrent batches. */
  readonly concurrency: number;
  readonly batchSize: number;
  /** The seconds for which a batch may gather. */
  readonly window: number;
  /** The memory in MB, which determines the function's share of a CPU. */
  readonly memory: number;
}

/**
 * The times of score-leads as `npm run cost` metered them on a virtual machine with 2 cores: 70 ms of CPU time for a
 * batch of 45 leads with one event each, 31 ms for one of 10 leads with five. A request is assumed to take 8 ms.
 */
export const measuredUnits: Units = {
  batchCpu: 0.002,
  leadCpu: 0.0011,
  eventCpu: 0.00036,
  request: 0.008,
  atOnce: 8,
};

/** The settings as deployed. */
export const deployed = { batchSize: 50, window: 1, memory: 512, concurrency: 20 } as const;
