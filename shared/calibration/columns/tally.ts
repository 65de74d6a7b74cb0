/** The leads of each bin, and how many of them succeeded. */
export interface Tally {
  readonly leads: Float64Array;
  readonly successes: Float64Array;
}

/** The bin of every row. A table of a model in use may have more values than a byte counts. */
export type Bins = Uint8Array | Uint16Array;

/** Counts leads and successes by bin. */
export const tallyBins = (bins: Bins, size: number, outcomes: Uint8Array, indexes: Int32Array): Tally => {
  const leads = new Float64Array(size);
  const successes = new Float64Array(size);
  for (const i of indexes) {
    const bin = bins[i] as number;
    leads[bin] = (leads[bin] as number) + 1;
    successes[bin] = (successes[bin] as number) + (outcomes[i] as number);
  }
  return { leads, successes };
};
