/** What can be wrong with a ledger, its state, or its anchors. */
export type FindingCode =
  /** What an entry says is not what it said when the next one was written. */
  | 'edited'
  /** A place in the ledger has no entry. */
  | 'missing'
  /** An entry that nothing was ever chained to. */
  | 'added'
  /** An entry that is chained to another one than that before it. */
  | 'reordered'
  /** The ledger ends before its state or an anchor says that it ended. */
  | 'cut-tail'
  /** Not what this code writes. */
  | 'unreadable'
  /** There are entries and no state. */
  | 'state-lost'
  /** The state points to another entry than the last. */
  | 'head-wrong'
  /** An erased entry in the ledger of a lead that nobody erased. */
  | 'erased-unasked'
  /** The model that judged an entry isn't kept. */
  | 'model-missing'
  /** An entry says that its event came to something else than its model makes of it. */
  | 'decision-differs'
  /** The stored state is not the fold of the ledger. */
  | 'state-differs'
  /** The chain holds by itself, but was another one when it was anchored. */
  | 'rewritten'
  /** Nothing is left of a lead that was anchored. */
  | 'lead-gone'
  /** The anchors themselves aren't what was written. */
  | 'anchors-damaged';

/** One thing that is wrong, and where. What entries say is never quoted: it may be personal. */
export interface Finding {
  readonly code: FindingCode;
  /** The entry's commit and its place in that; left out where it is about the whole lead. */
  readonly version?: number;
  readonly ordinal?: number;
  /** The entry's sort key; left out where there is none, as of one that is missing. */
  readonly sk?: string;
  readonly sentence: string;
}
