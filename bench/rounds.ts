/** One turn of a contender, which does some work and returns its rate a second. */
export type Turn = () => number | Promise<number>;

/**
 * Lets contenders take turns, round by round, so that disturbances of the machine affect all of them alike. Each round
 * begins with another contender. A first turn of each warms up, and is left out.
 *
 * @example
 * const { a, b } = await interleave(9, { a: turnOfA, b: turnOfB });
 * median(ratios(a, b));
 */
export const interleave = async <Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Turn>>,
): Promise<Record<Name, number[]>> => {
  const names = Object.keys(contenders) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (const name of names) await contenders[name]();
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < names.length; i++) {
      const name = names[(round + i) % names.length] as Name;
      measured[name].push(await contenders[name]());
    }
  }
  return measured;
};

/**
 * Measures how many units of work one core does a second: repeats `work`, which does `units` of them, for at least `ms`
 * of this process's own CPU time. Time taken by other processes doesn't count; the collection of its garbage does, on
 * whichever thread it happens.
 */
export const rateOnOneCore = async (
  ms: number,
  units: number,
  work: () => void | Promise<void>,
): Promise<number> => {
  const start = process.cpuUsage();
  let done = 0;
  let elapsed = 0;
  do {
    await work();
    done += units;
    const { user, system } = process.cpuUsage(start);
    elapsed = (user + system) / 1_000;
  } while (elapsed < ms);
  return (done / elapsed) * 1_000;
};

/**
 * Returns a quantile, with linear interpolation.
 *
 * @param share 0.5 for the median
 * @throws RangeError if there are no values
 */
export const quantile = (values: readonly number[], share: number): number => {
  if (values.length === 0) throw new RangeError('no values, so no quantile');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] as number;
  return low + ((sorted[Math.ceil(at)] as number) - low) * (at - Math.floor(at));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Returns the width of the middle half of the values, as a share of the median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);

/** Returns `a` divided by `b`, round by round, so that only turns of the same round are compared. */
export const ratios = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, i) => value / (b[i] as number));
