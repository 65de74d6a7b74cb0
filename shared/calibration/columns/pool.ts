/** Neighbouring bins that were made one, since their rates weren't in order. */
export interface Pool {
  readonly first: number;
  readonly last: number;
  readonly leads: number;
  readonly successes: number;
}

const rateOf = ({ leads, successes }: Pool): number => successes / Math.max(leads, 1e-9);

/**
 * Makes rates monotone by pooling adjacent violators (Ayer and others 1955): neighbours whose rates aren't in order
 * become one, until all are.
 *
 * @param direction 1 for rising rates, -1 for falling ones
 */
export const poolViolators = (bins: readonly Pool[], direction: 1 | -1): Pool[] => {
  const pools: Pool[] = [];
  for (const bin of bins) {
    let pool = bin;
    for (let before = pools.at(-1); before !== undefined; before = pools.at(-1)) {
      if (direction * (rateOf(pool) - rateOf(before)) > 0) break;
      pools.pop();
      pool = {
        first: before.first,
        last: pool.last,
        leads: before.leads + pool.leads,
        successes: before.successes + pool.successes,
      };
    }
    pools.push(pool);
  }
  return pools;
};

/** Returns the log likelihood of pools, each with its own rate. */
const computeLikelihood = (pools: readonly Pool[]): number =>
  pools.reduce((sum, { leads, successes }) => {
    const failures = leads - successes;
    const ofSuccesses = successes > 0 ? successes * Math.log(successes / leads) : 0;
    return sum + ofSuccesses + (failures > 0 ? failures * Math.log(failures / leads) : 0);
  }, 0);

/** Makes rates monotone in the direction that explains the outcomes better. */
export const poolMonotone = (bins: readonly Pool[]): { pools: Pool[]; direction: 1 | -1 } => {
  const rising = poolViolators(bins, 1);
  const falling = poolViolators(bins, -1);
  return computeLikelihood(rising) >= computeLikelihood(falling)
    ? { pools: rising, direction: 1 }
    : { pools: falling, direction: -1 };
};
