/**
 * The usage of one event, with one event of a lead in each batch, as `npm run cost` metered it on the sample stream on
 * 2026-11-22, on a virtual machine with 2 cores.
 */
export const measured = {
  /** The write units of the table and its index, including those of the consumers. */
  writeUnits: 5.24,
  readUnits: 1.3,
  /** The write units of the index by tier. */
  indexUnits: 0.27,
  announcements: 0.785,
  /** The messages to all queues. */
  messages: 1.63,
  /** The duration of a batch of 45 leads at 512 MB, if requests take 8 ms. GB-seconds are used for the cost instead. */
  batchSeconds: 0.3,
  eventsABatch: 45,
} as const;
