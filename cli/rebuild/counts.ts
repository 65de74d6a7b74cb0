/** The counts of a rebuild so far. */
export interface Counts {
  readonly leads: number;
  readonly entries: number;
  /** Leads whose state was lost, or differed from the fold of their ledger. */
  readonly differences: number;
  readonly repaired: number;
  /** Leads whose ledger can't be trusted for a rebuild of the state. */
  readonly refused: number;
}

export const noCounts: Counts = { leads: 0, entries: 0, differences: 0, repaired: 0, refused: 0 };

export const sumCounts = (a: Counts, b: Counts): Counts => ({
  leads: a.leads + b.leads,
  entries: a.entries + b.entries,
  differences: a.differences + b.differences,
  repaired: a.repaired + b.repaired,
  refused: a.refused + b.refused,
});
