/** The kinds of findings about a ledger, its state, or its anchors. */
type FindingCode =
  /** An entry isn't chained to the one before it. */
  | 'broken-link'
  /** A position in the ledger has no entry. */
  | 'missing'
  /** The ledger ends before its state or an anchor says that it ended. */
  | 'cut-tail'
  /** The state has no valid version and head, or its head isn't the hash of the ledger's last entry. */
  | 'head-wrong'
  /** An entry that this code didn't write, or an erased one that still has personal attributes or its salt. */
  | 'unreadable'
  /** The chain is valid, but it was another one at an anchored version. */
  | 'rewritten'
  /** The anchors themselves aren't what was written. */
  | 'anchors-damaged'
  /** An anchor has a delete marker before its retention is over. */
  | 'anchors-hidden'
  /** An anchor was written over: it has later versions. */
  | 'anchors-shadowed'
  /** Anchors were expected, and there are none, none of late, or none of what was verified. */
  | 'anchors-missing'
  /** An erased entry in the ledger of a lead that nobody erased. */
  | 'erased-unasked'
  /** The model that judged an entry isn't stored. */
  | 'model-missing'
  /** The model decides an event differently from its entry. */
  | 'decision-differs'
  /** The stored state isn't the fold of the ledger, or there is no state. */
  | 'state-differs';

/** One problem and its position. It never quotes an entry, whose content may be personal. */
export interface Finding {
  readonly code: FindingCode;
  /** The position of the entry; left out if the finding is about the whole lead. */
  readonly version?: number;
  readonly ordinal?: number;
  /** The sort key of the entry; left out if there is none, as for a missing entry. */
  readonly sk?: string;
  readonly sentence: string;
}
