export type Limit = { readonly atLeast: number } | { readonly atMost: number };

/** One figure. A figure without a limit is informative only. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: Limit;
  /** The parts of the figure, and related figures, by name. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** Measures a group of figures together. */
export type Bench = (rounds: number) => Promise<readonly Measure[]>;

/** Whether a figure meets its limit. NaN meets none. */
export const isMet = ({ value, limit }: Measure): boolean => {
  if (limit === undefined) return true;
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
};
