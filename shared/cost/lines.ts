/** One position of a bill. */
export interface CostLine {
  readonly service: string;
  readonly what: string;
  /** The amount that is charged, for the time or the number of events that the bill is for. */
  readonly amount: number;
  readonly unit: string;
  readonly usd: number;
}

export const sumLines = (lines: readonly CostLine[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);
