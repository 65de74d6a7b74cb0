/** The faults of the services, each with its highest probability. */
export const faultKinds = {
  /** The bus delivers an event again, up to four times. */
  duplicate: 0.8,
  /** A queue hands out a message that a function is working on. */
  redelivery: 0.4,
  /** A message that was processed is not deleted, and is delivered again. */
  undeleted: 0.5,
  /** A worker is killed at a call: half before it takes effect, half after. */
  crash: 0.25,
  /** A request that a killed worker had sent takes effect all the same. */
  orphan: 0.9,
  /** The table takes a write, and the answer is lost. */
  lost: 0.3,
  /** The tables are throttled. */
  throttled: 0.9,
  /** A transaction conflicts with another one. */
  conflict: 0.5,
  /** A batch of reads is answered in part. */
  unprocessed: 0.7,
  /** An eventually consistent read sees an item as it was before. */
  stale: 0.8,
  /** The bus refuses an entry of a request. */
  refusedEntry: 0.95,
  /** The bus refuses a request. */
  refusedRequest: 0.9,
  /** The bus accepts a request, and the answer is lost. */
  lostRequest: 0.4,
  /** A batch of a stream that was processed is handed out again. */
  repeatedBatch: 0.4,
  /** The clock jumps ahead while an actor is working. */
  stall: 0.15,
  /** A target answers that it can't take a delivery now. */
  refusedDelivery: 0.9,
  /** A target takes a delivery, and the answer is lost. */
  lostDelivery: 0.5,
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Groups of faults that make each other worse. */
export const faultGroups: readonly (readonly FaultKind[])[] = [
  ['duplicate', 'redelivery', 'undeleted', 'throttled'],
  ['crash', 'orphan', 'lost', 'conflict', 'stall'],
  ['refusedEntry', 'refusedRequest', 'lostRequest', 'repeatedBatch'],
];
