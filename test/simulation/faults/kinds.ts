/** Faults of the services, with the most of each: how likely, at the worst, it strikes where it can. */
export const faultKinds = {
  /** The bus delivers an event again, up to four times. */
  duplicate: 0.8,
  /** A queue hands out a message that somebody is at work on. */
  redelivery: 0.4,
  /** A message that was worked off is not deleted, and comes again. */
  undeleted: 0.5,
  /** A worker is killed at a call: half before it takes effect, half after. */
  crash: 0.25,
  /** What a killed worker had on its way takes effect all the same. */
  orphan: 0.9,
  /** The table takes a write, and the answer is lost. */
  lost: 0.3,
  /** The tables are throttled. */
  throttled: 0.9,
  /** Another transaction is in the way. */
  conflict: 0.5,
  /** A batch of reads is answered in part. */
  unprocessed: 0.7,
  /** A read that is not consistent sees an item as it was. */
  stale: 0.8,
  /** The bus doesn't take an entry of a request. */
  refusedEntry: 0.95,
  /** The bus doesn't take a request. */
  refusedRequest: 0.9,
  /** The bus takes a request, and the answer is lost. */
  lostRequest: 0.4,
  /** A batch of a stream that was worked off is handed out again. */
  repeatedBatch: 0.4,
  /** The clock jumps on while somebody is at work. */
  stall: 0.15,
  /** A worker of the model before takes another batch after the new one is active. */
  outdated: 0.5,
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Faults that make each other worse. */
export const faultGroups: readonly (readonly FaultKind[])[] = [
  ['duplicate', 'redelivery', 'undeleted', 'throttled'],
  ['crash', 'orphan', 'lost', 'conflict', 'stall'],
  ['refusedEntry', 'refusedRequest', 'lostRequest', 'repeatedBatch'],
];
