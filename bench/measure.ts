export type Limit = { readonly atLeast: number } | { readonly atMost: number };

/** One figure. Without a limit it is for information. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: Limit;
  /** What the figure comes from, by what it is. */
  readonly details: Readonly<Record<string, number | string>>;
}

/** A group of figures that are measured together. */
export type Bench = (rounds: number) => Promise<readonly Measure[]>;

/** NaN meets no limit. */
export const isMet = ({ value, limit }: Measure): boolean => {
  if (limit === undefined) return true;
  return 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
};
