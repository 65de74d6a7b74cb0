/** A number at which (`at`), or just after which, a test changes its result. */
export interface Cut {
  readonly at: number;
  readonly after: boolean;
}

/** An end of a range of numbers, and whether that number itself is in the range. */
interface Bound {
  readonly at: number;
  readonly included: boolean;
}

/** All numbers between two bounds. Without `lower` it has no least number, without `upper` no greatest one. */
export interface NumberRange {
  readonly lower?: Bound;
  readonly upper?: Bound;
}

/** A range of numbers that no test of a model distinguishes, and one number of it. */
export interface NumberClass {
  readonly value: number;
  readonly range: NumberRange;
}

/** The numbers that there are: from `from` to `to`, both included. */
export interface NumberDomain {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const compare = (a: Cut, b: Cut): number => a.at - b.at || Number(a.after) - Number(b.after);

/** Returns a number after `lower` and before `upper`, a round one if there is one. */
const between = (lower: Cut | undefined, upper: Cut | undefined): number => {
  if (lower !== undefined && !lower.after) return lower.at;
  if (upper?.after) return upper.at;
  if (lower === undefined) return upper === undefined ? 1 : upper.at - 1;
  const next = Math.floor(lower.at) + 1;
  if (upper === undefined || next < upper.at) return next;
  return (lower.at + upper.at) / 2;
};

const isBefore = (value: number, cut: Cut): boolean => value < cut.at || (cut.after && value === cut.at);

/**
 * Returns the classes into which cuts divide a domain, in ascending order. A class that begins with the domain has no
 * lower bound.
 *
 * @example
 * computeClasses([{ at: 80, after: false }], { from: 0 });
 * // [{ value: 79, range: { upper: { at: 80, included: false } } },
 * //  { value: 80, range: { lower: { at: 80, included: true } } }]
 */
export const computeClasses = (cuts: readonly Cut[], domain: NumberDomain = {}): NumberClass[] => {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = domain;
  const sorted = cuts
    .toSorted(compare)
    .filter((cut, i, all) => i === 0 || compare(cut, all[i - 1] as Cut) !== 0);
  return [undefined, ...sorted].flatMap((lower, i): NumberClass[] => {
    const upper = sorted[i];
    const value = Math.min(Math.max(between(lower, upper), from), to);
    const inClass =
      (lower === undefined || !isBefore(value, lower)) && (upper === undefined || isBefore(value, upper));
    if (!inClass) return [];
    const isLowest = lower === undefined || (!lower.after && lower.at <= from);
    return [
      {
        value,
        range: {
          ...(!isLowest && { lower: { at: lower.at, included: !lower.after } }),
          ...(upper !== undefined && { upper: { at: upper.at, included: upper.after } }),
        },
      },
    ];
  });
};
