/** One turn of a contender: does some work, and answers with how much it did a second. */
export type Turn = () => number | Promise<number>;

/**
 * Lets contenders take turns, round by round, so that whatever else the machine does falls on all of them alike.
 * Each round begins with another one. What is measured first still warms up, and is left out.
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
 * How many units of work one core does a second: repeats `work`, which does `units` of them, for at least `ms` of this
 * process's own CPU time. What other processes take away doesn't count; collecting the garbage that was made does,
 * whichever thread it happens on.
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

/** @param share 0.5 for the median */
export const quantile = (values: readonly number[], share: number): number => {
  if (values.length === 0) throw new RangeError('no values, so no quantile');
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] as number;
  return low + ((sorted[Math.ceil(at)] as number) - low) * (at - Math.floor(at));
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The middle half of the values lies within this share of the median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / median(values);

/** `a` over `b`, round by round: only what was measured side by side is compared. */
export const ratios = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((value, i) => value / (b[i] as number));
