/** Where a test changes its answer: at a number (`at`), or just after it. */
export interface Cut {
  readonly at: number;
  readonly after: boolean;
}

/** Numbers between which no test of a model can tell. */
export interface NumberClass {
  /** One of them. */
  readonly value: number;
  /** Undefined: as low as there is. */
  readonly lower: Cut | undefined;
  /** Undefined: as high as there is. */
  readonly upper: Cut | undefined;
}

interface Range {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const compare = (a: Cut, b: Cut): number => a.at - b.at || Number(a.after) - Number(b.after);

/** Such as "80 to below 90", "more than 6", "below 50". */
export const labelOf = ({ lower, upper }: NumberClass): string => {
  if (lower === undefined && upper === undefined) return 'any number';
  if (lower === undefined) return upper?.after ? `${upper.at} or less` : `below ${upper?.at}`;
  if (upper === undefined) return lower.after ? `more than ${lower.at}` : `${lower.at} or more`;
  // Between "at 5" and "after 5" lies 5 alone.
  if (lower.at === upper.at) return String(lower.at);
  const to = upper.after ? `up to ${upper.at}` : `below ${upper.at}`;
  return lower.after ? `more than ${lower.at}, ${to}` : `${lower.at} or more, ${to}`;
};

/** A number after `lower` and before `upper`, a round one where there is one. */
const between = (lower: Cut | undefined, upper: Cut | undefined): number => {
  if (lower !== undefined && !lower.after) return lower.at;
  if (upper?.after) return upper.at;
  if (lower === undefined) return upper === undefined ? 1 : upper.at - 1;
  const next = Math.floor(lower.at) + 1;
  if (upper === undefined || next < upper.at) return next;
  return (lower.at + upper.at) / 2;
};

const isBefore = (value: number, cut: Cut): boolean => value < cut.at || (cut.after && value === cut.at);

/** One number of each class that the cuts make, within the range. */
export const classesOf = (cuts: readonly Cut[], range: Range = {}): NumberClass[] => {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range;
  const sorted = cuts
    .toSorted(compare)
    .filter((cut, i, all) => i === 0 || compare(cut, all[i - 1] as Cut) !== 0);
  return [undefined, ...sorted].flatMap((lower, i): NumberClass[] => {
    const upper = sorted[i];
    const value = Math.min(Math.max(between(lower, upper), from), to);
    const inClass =
      (lower === undefined || !isBefore(value, lower)) && (upper === undefined || isBefore(value, upper));
    if (!inClass) return [];
    const isLowest = lower !== undefined && !lower.after && lower.at <= from;
    return [{ value, lower: isLowest ? undefined : lower, upper }];
  });
};
