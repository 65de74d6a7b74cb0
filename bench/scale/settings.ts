/** How the functions work, in seconds. */
export interface Units {
  /** CPU time of a batch, of each lead in it, and of each event. */
  readonly batchCpu: number;
  readonly leadCpu: number;
  readonly eventCpu: number;
  /** How long a request to DynamoDB takes. Assumed, not measured. */
  readonly request: number;
  /** Leads that a batch writes at once. */
  readonly atOnce: number;
}

export interface Load {
  /** Events a second, before and after the burst. */
  readonly base: number;
  /** How many times as many come during the burst. */
  readonly burst: number;
  /** When the burst begins, how long it lasts, and when events stop coming, in seconds. */
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
  /** The most batches at work at once. */
  readonly concurrency: number;
  readonly batchSize: number;
  /** Seconds that a batch may gather. */
  readonly window: number;
  /** In MB: what share of a CPU the function has. */
  readonly memory: number;
}

/**
 * As `npm run cost` metered score-leads on a virtual machine with 2 cores: 70 ms of CPU time for a batch of 45 leads with one event
 * each, 31 ms for one of 10 leads with five. A request is assumed to take 8 ms.
 */
export const measuredUnits: Units = {
  batchCpu: 0.002,
  leadCpu: 0.0011,
  eventCpu: 0.00036,
  request: 0.008,
  atOnce: 8,
};

/** As it is deployed. */
export const deployed = { batchSize: 50, window: 1, memory: 512, concurrency: 20 } as const;
