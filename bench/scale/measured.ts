/**
 * The usage of one event, with one event of a lead in each batch, as `npm run cost` metered it on the sample stream on
 * 2026-11-30, on a virtual machine with 2 cores.
 */
export const measured = {
  /** The write units of the table and its index, including those of the consumers. */
  writeUnits: 5.81,
  readUnits: 1.7,
  /** The write units of the index by tier. */
  indexUnits: 0.285,
  announcements: 0.8,
  /** The messages to all queues but that of `count-funnel`. */
  messages: 1.64,
  /** The duration of a batch of 45 leads at 512 MB, if requests take 8 ms. GB-seconds are used for the cost instead. */
  batchSeconds: 0.3,
  eventsABatch: 45,
} as const;

/**
 * The usage of a lead by what time alone causes, as `npm run cost` metered it on the sample stream and the 30 days after
 * it on 2026-11-30, on a virtual machine with 2 cores.
 */
export const measuredTime = {
  /** The time from the first event of the sample, in days. */
  days: 146,
  /** The messages about a lead itself in that time. */
  wakeUps: 0.706,
  /** The messages about its hand-offs and nurture tracks. */
  followUps: 0.907,
  writeUnits: 5.09,
  /** The share of messages in the hour of the day, UTC, in which most fall due. */
  busiestHour: 0.085,
} as const;

/**
 * The usage of counting and recounting the funnel, as `npm run cost` metered it on the sample stream on 2026-11-30, on a
 * busy virtual machine with 2 cores.
 */
export const measuredFunnel = {
  /** The messages of an event to the queue of `count-funnel`, and the units of counting them. */
  messages: 0.54,
  writeUnits: 0.99,
  readUnits: 0.46,
  /** The leads that one message counts: two announcements of one commit count together. */
  leadsAMessage: 0.857,
  /** The duration of the CPU time of a batch of 200 messages at 256 MB. */
  batchCpuSeconds: 0.1,
  /** The bytes of a lead in the table with its entries, of which it has eight. */
  bytesOfLead: 6_990,
  /** The duration of the CPU time of a recount by lead at 512 MB. */
  secondsOfLead: 0.000253,
} as const;

/** The consumption of a rescoring of a lead that leaves its tier, as `npm run bench -- --only rescoring` prints it. */
export const measuredRescoring = { writeUnits: 4.81 } as const;
