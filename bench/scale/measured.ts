/**
 * What one event takes, with one event of a lead in each batch, as `npm run cost` metered it on the sample stream on
 * 2026-11-22, on a virtual machine with 2 cores.
 */
export const measured = {
  /** Of the table and its index, those of the functions that follow included. */
  writeUnits: 5.24,
  readUnits: 1.3,
  /** Of the index by tier. */
  indexUnits: 0.27,
  announcements: 0.785,
  /** To all queues. */
  messages: 1.63,
  /** GB-seconds are for cost; this is how long a batch of 45 leads takes at 512 MB, requests of 8 ms assumed. */
  batchSeconds: 0.3,
  eventsABatch: 45,
} as const;
